package dev.hexlens.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hexlens.store.postgres.DatabaseException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves pages on loopback. It is the JDK's own server with a virtual thread a request: it streams,
 * a thread that waits for news costs nothing, and there is no library to ship for a dozen paths
 * that only this machine asks for.
 */
final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  static {
    // Head and body go out in two packets, and the second would wait for the first one's receipt.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** Answers the requests for a path. */
  interface Page {
    void answer(Exchange exchange) throws IOException;
  }

  /** What an error looks like to a script. */
  record Failed(String error) {}

  private final HttpServer server;
  private final ExecutorService executor;
  private final Map<String, Page> pages;

  private WebServer(HttpServer server, Map<String, Page> pages) {
    this.server = server;
    this.executor = Executors.newVirtualThreadPerTaskExecutor();
    this.pages = Map.copyOf(pages);
  }

  /**
   * Starts.
   *
   * @param port 0 for any that is free
   * @param pages by path
   * @throws IOException with a sentence when the port can't be had
   */
  static WebServer start(int port, Map<String, Page> pages) throws IOException {
    WebServer started = new WebServer(bound(port), pages);
    started.server.setExecutor(started.executor);
    started.server.createContext("/", started::handle);
    started.server.start();
    return started;
  }

  private static HttpServer bound(int port) throws IOException {
    InetAddress loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    try {
      return HttpServer.create(new InetSocketAddress(loopback, port), 0);
    } catch (BindException e) {
      BindException told =
          new BindException(
              "port %d can't be had (%s): name another with --port N, or any that is free with --port 0"
                  .formatted(port, e.getMessage()));
      told.initCause(e);
      throw told;
    }
  }

  /** Where it is. */
  URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  private void handle(HttpExchange http) throws IOException {
    try (http) {
      Guard.protect(http);
      Exchange exchange = new Exchange(http);
      Optional<Guard.Objection> objection = Guard.objection(http);
      if (objection.isPresent()) {
        exchange.json(objection.get().status(), new Failed(objection.get().sentence()));
        return;
      }
      try {
        page(http.getRequestURI().getPath()).answer(exchange);
      } catch (Refusal refusal) {
        exchange.json(refusal.status(), new Failed(refusal.sentence()));
      } catch (DatabaseException e) {
        fail(exchange, 503, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        LOG.error("{} failed", http.getRequestURI().getPath(), e);
        fail(exchange, 500, "internal error: " + e);
      }
    }
  }

  /** Once an answer has begun, breaking it off is all that can be done. */
  private static void fail(Exchange exchange, int status, String sentence) throws IOException {
    if (!exchange.isAnswered()) {
      exchange.json(status, new Failed(sentence));
    }
  }

  private Page page(String path) {
    Page page = pages.get(path);
    if (page == null) {
      throw Refusal.notFound("there is no page " + path + ": begin at /");
    }
    return page;
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
