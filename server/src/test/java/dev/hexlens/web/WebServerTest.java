package dev.hexlens.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what every answer says about itself. */
final class WebServerTest {
  private WebServer server;
  private Browser browser;

  @BeforeEach
  void start() throws IOException {
    server =
        WebServer.start(
            0,
            Map.of(
                "/",
                    exchange ->
                        exchange.send(200, "text/html", "hello".getBytes(StandardCharsets.UTF_8)),
                "/echo", exchange -> exchange.json(200, exchange.needed("q")),
                "/number", exchange -> exchange.json(200, exchange.number("n", 5, 1, 10)),
                "/broken",
                    exchange -> {
                      throw new IllegalStateException("broken");
                    }));
    browser = new Browser(server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:4200",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example@localhost",
        "0.0.0.0:4200",
        "[::2]:4200",
        "",
      })
  void aNameThatSomebodyElseMadePointHereIsRefused(String host) throws IOException {
    assertThat(browser.raw("GET / HTTP/1.1", "Host: " + host))
        .startsWith("HTTP/1.1 403")
        .contains("open http://localhost:PORT/")
        .doesNotContain("hello");
  }

  @Test
  void noHostAndTwoHostsAreRefused() throws IOException {
    assertThat(browser.raw("GET / HTTP/1.1", "Accept: */*")).startsWith("HTTP/1.1 4");
    assertThat(browser.raw("GET / HTTP/1.1", "Host: localhost", "Host: evil.example"))
        .startsWith("HTTP/1.1 4")
        .doesNotContain("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:9999", "[::1]:4200"})
  void itsOwnNamesAreLetInAlsoThroughATunnel(String host) throws IOException {
    assertThat(browser.raw("GET / HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS"})
  void onlyReadingIsAnswered(String method) throws IOException {
    assertThat(browser.raw(method + " / HTTP/1.1", "Host: localhost", "Content-Length: 0"))
        .startsWith("HTTP/1.1 405")
        .contains("Allow: GET");
  }

  @Test
  void scriptsOfOtherSitesAskForNothingButTheirLinksLeadHere() throws IOException {
    assertThat(
            browser.raw(
                "GET /echo?q=x HTTP/1.1",
                "Host: localhost",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: no-cors"))
        .startsWith("HTTP/1.1 403");
    assertThat(
            browser.raw(
                "GET / HTTP/1.1",
                "Host: localhost",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: navigate"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void everyAnswerForbidsWhatComesFromElsewhere() throws Exception {
    for (String path : new String[] {"/", "/echo", "/nowhere", "/broken"}) {
      HttpResponse<String> response = browser.get(path);
      assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe", "http", "*");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void whatIsWrongIsSaidInASentence() throws Exception {
    assertThat(browser.get("/echo").statusCode()).isEqualTo(400);
    assertThat(browser.error("/echo")).isEqualTo("the parameter q is missing");
    assertThat(browser.error("/number?n=eleven")).contains("n must be a number, not `eleven`");
    assertThat(browser.error("/number?n=11")).contains("between 1 and 10, not 11");
    assertThat(browser.get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(browser.error("/nowhere")).contains("/nowhere");
    assertThat(browser.get("/../../etc/passwd").statusCode()).isEqualTo(404);
    assertThat(browser.get("/broken").statusCode()).isEqualTo(500);
    assertThat(browser.error("/echo?q=" + "x".repeat(5000))).contains("shorten it");
  }

  @Test
  void parametersComeAsTheyWereMeant() throws Exception {
    assertThat(browser.get("/echo?" + Browser.query(Map.of("q", "a&b=c+d é 🎉 <b>"))).body())
        .isEqualTo("\"a&b=c+d é 🎉 <b>\"");
  }

  @Test
  void aPortThatIsTakenIsSaidWithTheRemedy() {
    assertThatThrownBy(() -> WebServer.start(server.url().getPort(), Map.of()))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("port " + server.url().getPort())
        .hasMessageContaining("--port 0");
  }

  @Test
  void nobodyOutsideOfThisMachineIsHeard() throws IOException {
    var addresses =
        java.net.NetworkInterface.networkInterfaces()
            .flatMap(java.net.NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .toList();
    for (var address : addresses) {
      assertThatThrownBy(() -> new java.net.Socket(address, server.url().getPort()).close())
          .isInstanceOf(IOException.class);
    }
  }
}
