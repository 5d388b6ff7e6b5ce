package dev.hexlens.web;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request with its parameters, and the answer to it. */
final class Exchange {
  static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  /** No question is longer; what is comes from no page of ours. */
  private static final int LONGEST = 4_000;

  private final HttpExchange http;
  private @Nullable Map<String, String> parameters;
  private boolean answered;

  Exchange(HttpExchange http) {
    this.http = http;
  }

  private Map<String, String> parameters() {
    if (parameters == null) {
      parameters = new HashMap<>();
      String query = Objects.requireNonNullElse(http.getRequestURI().getRawQuery(), "");
      for (String pair : query.split("&")) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
      if (decoded.length() > LONGEST) {
        throw Refusal.badRequest(
            "a parameter has more than %d characters: shorten it".formatted(LONGEST));
      }
      return decoded;
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("`%s` is not encoded as a URL should be".formatted(text));
    }
  }

  /** A parameter, stripped; empty where there is none. */
  String parameter(String name) {
    return Objects.requireNonNullElse(parameters().get(name), "").strip();
  }

  /** A parameter that must be there. */
  String needed(String name) {
    String value = parameter(name);
    if (value.isEmpty()) {
      throw Refusal.badRequest("the parameter %s is missing".formatted(name));
    }
    return value;
  }

  /** A number between two others. */
  int number(String name, int otherwise, int least, int most) {
    String value = parameter(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    int number;
    try {
      number = Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest("%s must be a number, not `%s`".formatted(name, value));
    }
    if (number < least || number > most) {
      throw Refusal.badRequest(
          "%s must be between %d and %d, not %d".formatted(name, least, most, number));
    }
    return number;
  }

  /** Whether the answer has begun, so that no other can be given. */
  boolean isAnswered() {
    return answered;
  }

  void json(int status, Object value) throws IOException {
    send(status, "application/json", GSON.toJson(value).getBytes(StandardCharsets.UTF_8));
  }

  void send(int status, String type, byte[] body) throws IOException {
    begin(type);
    http.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      try (OutputStream out = http.getResponseBody()) {
        out.write(body);
      }
    }
  }

  void redirect(String path) throws IOException {
    http.getResponseHeaders().set("Location", path);
    send(302, "text/plain", new byte[0]);
  }

  /** An answer that comes bit by bit; each flush sends what there is. */
  OutputStream stream(String type) throws IOException {
    begin(type);
    http.sendResponseHeaders(200, 0);
    return http.getResponseBody();
  }

  private void begin(String type) {
    answered = true;
    http.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
  }
}
