package dev.hexlens.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Lets in only those whom the pages are for: browsers that asked for this machine by its own name,
 * to read. A page from elsewhere whose name was made to point here (DNS rebinding) still says its
 * own name in the Host header, and is refused.
 */
final class Guard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Only what this server sends itself is loaded, run or shown, and nobody may frame it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private Guard() {}

  /** Sets the headers that every answer has. */
  static void protect(HttpExchange exchange) {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  /** A reason to refuse: its HTTP status and a sentence. */
  record Objection(int status, String sentence) {}

  /** Whether a request is refused before anybody looks at what it asks. */
  static Optional<Objection> objection(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    List<String> hosts = headers.getOrDefault("Host", List.of());
    if (hosts.size() != 1 || !LOOPBACK.contains(name(hosts.getFirst()))) {
      return objection(
          403,
          "This server answers only as localhost: open http://localhost:PORT/ on this machine");
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      exchange.getResponseHeaders().set("Allow", "GET");
      return objection(405, "Only GET is answered here");
    }
    // Links from elsewhere may lead to a page; scripts and pictures from elsewhere ask for nothing.
    String site = headers.getFirst("Sec-Fetch-Site");
    boolean elsewhere = "cross-site".equals(site) || "same-site".equals(site);
    if (elsewhere && !"navigate".equals(headers.getFirst("Sec-Fetch-Mode"))) {
      return objection(403, "Another site's page asked: open the page of this server instead");
    }
    return Optional.empty();
  }

  private static Optional<Objection> objection(int status, String sentence) {
    return Optional.of(new Objection(status, sentence));
  }

  /** A Host header without its port, which a tunnel may change. */
  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > host.lastIndexOf(']');
    return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }
}
