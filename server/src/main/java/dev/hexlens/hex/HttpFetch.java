package dev.hexlens.hex;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request to one server, no second try.
 *
 * <p>Proxies and certificate authorities are those of the Java platform: {@code https.proxyHost},
 * {@code javax.net.ssl.trustStore} and the like.
 */
final class HttpFetch implements AutoCloseable {
  private static final int REDIRECTS = 5;
  private static final Duration CONNECT = Duration.ofSeconds(15);

  /** What hex.pm counts requests by. Its headers say when the window ends; 429 alone does not. */
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private static final Pattern MESSAGE = Pattern.compile("\"([^\"]*)\".*");

  /**
   * What to ask for.
   *
   * @param limit bytes of the body
   * @param etag of the bytes that are at hand; null for none
   * @param fresh past all caches
   */
  record Request(String accept, long limit, @Nullable String etag, boolean fresh) {
    static Request of(long limit) {
      return new Request("*/*", limit, null, false);
    }

    Request past() {
      return new Request(accept, limit, null, true);
    }
  }

  private final HttpClient client;
  private final String userAgent;
  private final Duration timeout;
  private final InstantSource clock;
  private final Consumer<HexEvent> events;

  HttpFetch(String userAgent, Duration timeout, InstantSource clock, Consumer<HexEvent> events) {
    this.userAgent = userAgent;
    this.timeout = timeout;
    this.clock = clock;
    this.events = events;
    // Redirects are followed here, for the client would take the key along to another server.
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT.compareTo(timeout) < 0 ? CONNECT : timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Asks once.
   *
   * @param authorization sent to this server only, not to one it redirects to; null for none
   */
  Answer get(URI uri, Request request, @Nullable String authorization) throws InterruptedException {
    URI target = uri;
    for (int i = 0; i <= REDIRECTS; i++) {
      HttpResponse<byte[]> response;
      try {
        response = send(target, request, sameOrigin(uri, target) ? authorization : null);
      } catch (OverLimitException e) {
        return new Answer.Oversize("has " + e.getMessage());
      } catch (IOException e) {
        return new Answer.Failed(reason(e));
      }
      URI location = location(target, response);
      if (location == null) {
        return answer(target, request, response);
      }
      if (!mayFollow(target, location)) {
        return new Answer.Refused("redirects to " + location + ", which is less safe");
      }
      target = location;
    }
    return new Answer.Refused("redirects more than " + REDIRECTS + " times");
  }

  private HttpResponse<byte[]> send(URI uri, Request request, @Nullable String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri)
            .header("User-Agent", userAgent)
            .header("Accept", request.accept())
            // An upgrade to HTTP/2 in clear text, which is for loopback, upsets some proxies.
            .version(
                "https".equals(uri.getScheme())
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1);
    if (request.etag() != null) {
      builder.header("If-None-Match", "\"" + request.etag() + "\"");
    }
    if (request.fresh()) {
      builder.header("Cache-Control", "no-cache");
    }
    if (authorization != null) {
      builder.header("Authorization", authorization);
    }
    BodyHandler<byte[]> handler =
        info ->
            info.statusCode() == 200
                ? new CappedBody(
                    request.limit(), info.headers().firstValueAsLong("content-length").orElse(0))
                : HttpResponse.BodySubscribers.replacing(new byte[0]);
    // The client's own timeout ends with the headers; a body that stalls must not hold us either.
    CompletableFuture<HttpResponse<byte[]>> response = client.sendAsync(builder.build(), handler);
    try {
      return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      response.cancel(true);
    }
  }

  private Answer answer(URI uri, Request request, HttpResponse<byte[]> response) {
    announce(uri, response);
    int status = response.statusCode();
    String reason = "answered " + status;
    return switch (status) {
      case 200 -> body(request, response);
      case 304 ->
          request.etag() == null
              ? new Answer.Failed("answered 304 to a request without an ETag")
              : new Answer.NotModified(pause(response));
      case 401 -> new Answer.Forbidden(reason);
      // Storage behind a repository says 403 for what isn't there.
      case 403, 404, 410 -> new Answer.Absent(reason);
      case 429 -> new Answer.Hold(reason, retryAfter(response).orElse(WINDOW));
      case 503 ->
          retryAfter(response)
              .<Answer>map(time -> new Answer.Hold(reason, time))
              .orElse(new Answer.Failed(reason));
      case 408, 425 -> new Answer.Failed(reason);
      default -> status >= 500 ? new Answer.Failed(reason) : new Answer.Refused(reason);
    };
  }

  private Answer body(Request request, HttpResponse<byte[]> response) {
    byte[] bytes = response.body();
    if (response
        .headers()
        .firstValue("content-encoding")
        .filter(each -> each.toLowerCase(Locale.ROOT).contains("gzip"))
        .isPresent()) {
      try {
        bytes = Gzip.inflate(bytes, request.limit());
      } catch (OverLimitException e) {
        return new Answer.Oversize("has " + e.getMessage());
      } catch (IOException e) {
        return new Answer.Failed("sent damaged gzip (" + e.getMessage() + ")");
      }
    }
    return new Answer.Body(
        bytes,
        response.headers().firstValue("etag").map(HttpFetch::normalised).orElse(null),
        pause(response));
  }

  /** After the last request of a window the next one would be refused, and counted. */
  private Duration pause(HttpResponse<byte[]> response) {
    boolean last =
        response.headers().firstValue("x-ratelimit-remaining").filter("0"::equals).isPresent();
    return last ? retryAfter(response).orElse(Duration.ZERO) : Duration.ZERO;
  }

  /** Edges weaken a tag on the way: {@code W/"x"} stands for the same bytes as {@code "x"}. */
  private static String normalised(String etag) {
    String strong = etag.startsWith("W/") ? etag.substring(2) : etag;
    return strong.replace("\"", "");
  }

  private Optional<Duration> retryAfter(HttpResponse<byte[]> response) {
    Instant now = clock.instant();
    return response
        .headers()
        .firstValue("retry-after")
        .flatMap(value -> time(value, now))
        .or(() ->
            response
                .headers()
                .firstValue("x-ratelimit-reset")
                .flatMap(HttpFetch::number)
                .map(seconds -> Duration.between(now, Instant.ofEpochSecond(seconds))))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  /** Seconds, or a date. */
  private static Optional<Duration> time(String value, Instant now) {
    Optional<Long> seconds = number(value);
    if (seconds.isPresent()) {
      return seconds.map(Duration::ofSeconds);
    }
    try {
      return Optional.of(
          Duration.between(
              now, ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> number(String value) {
    return value.matches("[0-9]{1,11}") ? Optional.of(Long.valueOf(value)) : Optional.empty();
  }

  private void announce(URI uri, HttpResponse<byte[]> response) {
    response
        .headers()
        .firstValue("x-hex-message")
        .map(MESSAGE::matcher)
        .filter(Matcher::matches)
        .ifPresent(each ->
            events.accept(new HexEvent.Announcement(uri, EntryPath.printable(each.group(1)))));
  }

  private static @Nullable URI location(URI from, HttpResponse<byte[]> response) {
    return switch (response.statusCode()) {
      case 301, 302, 303, 307, 308 ->
          response
              .headers()
              .firstValue("location")
              .flatMap(HttpFetch::uri)
              .map(from::resolve)
              .orElse(null);
      default -> null;
    };
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Never from TLS to clear text, nor to anything but HTTP. */
  private static boolean mayFollow(URI from, URI to) {
    return "https".equals(to.getScheme())
        || ("http".equals(to.getScheme()) && "http".equals(from.getScheme()));
  }

  /** Whether a key for one may be sent to the other. */
  static boolean sameOrigin(URI left, URI right) {
    return left.getScheme().equalsIgnoreCase(right.getScheme())
        && left.getAuthority().equalsIgnoreCase(right.getAuthority());
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "can't be connected to";
    }
    String message = e.getMessage();
    return "broke off (" + (message == null ? e.getClass().getSimpleName() : message) + ")";
  }

  /** Gives up what is under way. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
