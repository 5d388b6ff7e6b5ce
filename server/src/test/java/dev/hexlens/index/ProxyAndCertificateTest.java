package dev.hexlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.store.StoreRows;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java's own options for proxies and certificates are those of {@code index hex}. */
final class ProxyAndCertificateTest {
  private static final String PREFIX = "proxy_test";
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final List<URI> passed = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private Database database;
  private LoopbackHex hex;

  @BeforeEach
  void serve() throws IOException {
    database = TestDatabase.empty(PREFIX);
    hex =
        LoopbackHex.of(
            HexTarball.of("fix", "1.0.0").file("lib/fix.ex", "defmodule Fix do\nend\n").build());
  }

  @AfterEach
  void close() {
    client.close();
    hex.close();
    database.close();
  }

  @Test
  void everythingGoesThroughAProxy() throws Exception {
    HttpServer proxy = HttpServer.create(loopback(), 0);
    start(proxy);
    try {
      int exit =
          index(
              "http://repo.example",
              "-Dhttp.proxyHost=127.0.0.1",
              "-Dhttp.proxyPort=" + proxy.getAddress().getPort());
      assertThat(exit).isZero();
    } finally {
      proxy.stop(0);
    }
    assertThat(passed)
        .extracting(URI::toString)
        .contains(
            "http://repo.example/versions",
            "http://repo.example/packages/fix",
            "http://repo.example/tarballs/fix-1.0.0.tar");
    assertThat(StoreRows.query(database, "SELECT name FROM package")).containsExactly("fix");
  }

  @Test
  void aCertificateAuthorityOfOnesOwnIsTrustedOnceItIsNamed() throws Exception {
    KeyStore keys = keys();
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
    start(server);
    String url = "https://127.0.0.1:" + server.getAddress().getPort();
    try {
      assertThat(index(url)).as("a server that nobody vouches for").isEqualTo(2);
      int exit =
          index(
              url,
              "-Djavax.net.ssl.trustStore=" + trusting(keys.getCertificate("server")),
              "-Djavax.net.ssl.trustStorePassword=" + new String(PASSWORD));
      assertThat(exit).isZero();
    } finally {
      server.stop(0);
    }
    assertThat(StoreRows.query(database, "SELECT name FROM package")).containsExactly("fix");
  }

  private int index(String mirror, String... java) throws IOException, InterruptedException {
    return IndexProcess.start(
            TestDatabase.home(),
            PREFIX,
            List.of(java),
            List.of(
                "--mirror",
                mirror,
                "--registry-key",
                hex.publicKey().toString(),
                "--attempts",
                "1"))
        .await();
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void start(HttpServer server) {
    server.createContext("/", this::pass);
    server.start();
  }

  /** Answers what the repository answers. */
  private void pass(HttpExchange exchange) throws IOException {
    passed.add(exchange.getRequestURI());
    try (exchange) {
      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(hex.url().resolve(exchange.getRequestURI().getPath())).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A key for 127.0.0.1 that only its owner vouches for. */
  private KeyStore keys() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=Test",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private static SSLContext context(KeyStore keys) throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private Path trusting(Certificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("server", certificate);
    Path file = folder.resolve("trusted.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      trusted.store(out, PASSWORD);
    }
    return file;
  }
}
