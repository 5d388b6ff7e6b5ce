package dev.hexlens.web;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server as a browser would, or as one that means ill.
 *
 * @param site where it is
 */
record Browser(URI site) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(site.resolve(path)).build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** The body of a good answer. */
  JsonObject json(String path) throws IOException, InterruptedException {
    return JsonParser.parseString(get(path).body()).getAsJsonObject();
  }

  /** The sentence of a refusal. */
  String error(String path) throws IOException, InterruptedException {
    return json(path).get("error").getAsString();
  }

  /** {@code /api/search} with these parameters; the answer's lines. */
  List<JsonObject> search(Map<String, String> parameters) throws IOException, InterruptedException {
    HttpResponse<String> response = get("/api/search?" + query(parameters));
    if (response.statusCode() != 200) {
      throw new AssertionError(response.body());
    }
    return response
        .body()
        .lines()
        .filter(line -> !line.isEmpty())
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  static String query(Map<String, String> parameters) {
    StringBuilder query = new StringBuilder();
    parameters.forEach((name, value) ->
        query
            .append(query.isEmpty() ? "" : "&")
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return query.toString();
  }

  /** Sends a request head as it is, and reads the status line and all that follows. */
  String raw(String... head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.getPort())) {
      String request = String.join("\r\n", head) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Follows server-sent events; the reader gives their lines as they come. */
  BufferedReader follow(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(site.resolve(path)).build();
    InputStream body = CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
    return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** The next event of a stream; null at its end. */
  static @Nullable JsonObject event(BufferedReader stream) throws IOException {
    for (String line = stream.readLine(); line != null; line = stream.readLine()) {
      if (line.startsWith("data: ")) {
        return JsonParser.parseString(line.substring("data: ".length())).getAsJsonObject();
      }
    }
    return null;
  }

  /** The first event of a stream that is as it should be. */
  static JsonObject event(BufferedReader stream, Predicate<JsonObject> wanted) throws IOException {
    while (true) {
      JsonObject event = Objects.requireNonNull(event(stream), "the stream has ended");
      if (wanted.test(event)) {
        return event;
      }
    }
  }
}
