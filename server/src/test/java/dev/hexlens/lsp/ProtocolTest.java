package dev.hexlens.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol byte by byte: its order, and what is no protocol at all. */
@Timeout(120)
class ProtocolTest {
  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final int NOT_INITIALIZED = -32002;

  private OutputStream out;
  private InputStream in;
  private CompletableFuture<Integer> exitCode;
  private int id;

  @BeforeEach
  void start() throws IOException {
    Pipe toServer = Pipe.open();
    Pipe fromServer = Pipe.open();
    InputStream serverIn = Channels.newInputStream(toServer.source());
    OutputStream serverOut = Channels.newOutputStream(fromServer.sink());
    out = Channels.newOutputStream(toServer.sink());
    in = Channels.newInputStream(fromServer.source());
    exitCode = new CompletableFuture<>();
    PrintStream err =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Map<String, String> environment = Map.of("HEXLENS_HOME", TestDatabase.home().toString());
    Thread.ofPlatform()
        .daemon()
        .start(() ->
            exitCode.complete(LspLauncher.run(serverIn, serverOut, err, environment, "test")));
  }

  @AfterEach
  void hangUp() throws Exception {
    out.close();
    assertThat(endedWith()).isBetween(0, 1);
  }

  private int endedWith() throws InterruptedException, ExecutionException, TimeoutException {
    return exitCode.get(60, TimeUnit.SECONDS);
  }

  private void send(String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    raw("Content-Length: %d\r\n\r\n".formatted(body.length));
    out.write(body);
    out.flush();
  }

  private void raw(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Sends a request and returns its answer; what the server says meanwhile is passed over. */
  private JsonObject ask(String method, String params) throws IOException {
    int asked = ++id;
    send(
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}"
            .formatted(asked, method, params));
    return answer(asked);
  }

  private JsonObject answer(int asked) throws IOException {
    while (true) {
      JsonObject message = next();
      JsonElement of = message.get("id");
      boolean answers = !message.has("method");
      if (answers && of != null && !of.isJsonNull() && of.getAsString().equals("" + asked)) {
        return message;
      }
    }
  }

  private JsonObject next() throws IOException {
    int length = -1;
    while (true) {
      String header = line();
      if (header.isEmpty()) {
        break;
      }
      if (header.startsWith("Content-Length: ")) {
        length = Integer.parseInt(header.substring("Content-Length: ".length()));
      }
    }
    return JsonParser.parseString(new String(in.readNBytes(length), StandardCharsets.UTF_8))
        .getAsJsonObject();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server hung up");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static int code(JsonObject answer) {
    assertThat(answer.has("error")).as("%s", answer).isTrue();
    return answer.getAsJsonObject("error").get("code").getAsInt();
  }

  private void initialize() throws IOException {
    JsonObject answer = ask("initialize", "{\"capabilities\":{}}");
    assertThat(answer.has("result")).as("%s", answer).isTrue();
    send("{\"jsonrpc\":\"2.0\",\"method\":\"initialized\",\"params\":{}}");
  }

  @Test
  void nothingIsAnsweredBeforeInitialize() throws Exception {
    assertThat(code(ask("workspace/symbol", "{\"query\":\"x\"}"))).isEqualTo(NOT_INITIALIZED);
    initialize();
    assertThat(ask("workspace/symbol", "{\"query\":\"x\"}").has("result")).isTrue();
  }

  @Test
  void initializeComesOnce() throws Exception {
    initialize();
    assertThat(code(ask("initialize", "{\"capabilities\":{}}"))).isEqualTo(INVALID_REQUEST);
  }

  @Test
  void afterShutdownThereIsOnlyExitAndItsCodeIsZero() throws Exception {
    initialize();
    assertThat(ask("shutdown", "null").get("result").isJsonNull()).isTrue();
    assertThat(code(ask("workspace/symbol", "{\"query\":\"x\"}"))).isEqualTo(INVALID_REQUEST);
    send("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
    assertThat(endedWith()).isZero();
  }

  @Test
  void exitWithoutShutdownIsAFailure() throws Exception {
    initialize();
    send("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
    assertThat(endedWith()).isEqualTo(1);
  }

  @Test
  void aClientThatHangsUpEndsTheServer() throws Exception {
    initialize();
    out.close();
    assertThat(endedWith()).isEqualTo(1);
  }

  @Test
  void anUnknownMethodIsNotFoundAndAnOptionalNotificationIsPassedOver() throws Exception {
    initialize();
    assertThat(code(ask("textDocument/brew", "{}"))).isEqualTo(METHOD_NOT_FOUND);
    send("{\"jsonrpc\":\"2.0\",\"method\":\"$/unheard\",\"params\":{}}");
    assertThat(ask("workspace/symbol", "{\"query\":\"x\"}").has("result")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello: world\r\n\r\n",
        "Content-Length: abc\r\n\r\n",
        "Content-Length: -7\r\n\r\n",
        "Content-Length: 2147483647\r\n\r\n",
        "Content-Length: 99999999999\r\n\r\n",
        "\r\n\r\n\u0000\u0001garbage\r\n\r\n"
      })
  void whatIsNoMessageIsPassedOver(String garbage) throws Exception {
    initialize();
    raw(garbage);
    // What stood behind the broken header may have taken one message along.
    send("{\"jsonrpc\":\"2.0\",\"method\":\"$/unheard\",\"params\":{}}");
    assertThat(ask("workspace/symbol", "{\"query\":\"x\"}").has("result")).isTrue();
  }

  @Test
  void whatIsNoJsonIsAnsweredAsSuch() throws Exception {
    initialize();
    send("{\"jsonrpc\":\"2.0\",");
    JsonObject told = next();
    while (!told.has("error")) {
      told = next();
    }
    assertThat(code(told)).isEqualTo(PARSE_ERROR);
    assertThat(ask("workspace/symbol", "{\"query\":\"x\"}").has("result")).isTrue();
  }

  @Test
  void bytesThatAreNotUtf8DoNoHarm() throws Exception {
    initialize();
    byte[] body =
        "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"workspace/symbol\",\"params\":{\"query\":\"\u00ff\u00fe\"}}"
            .getBytes(StandardCharsets.ISO_8859_1);
    raw("Content-Length: %d\r\n\r\n".formatted(body.length));
    out.write(body);
    out.flush();
    assertThat(answer(77).has("result")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "textDocument/references|{\"textDocument\":5}",
        "textDocument/references|{\"textDocument\":{\"uri\":\"file:///nowhere.ex\"},\"position\":{\"line\":0,\"character\":0},\"context\":{\"includeDeclaration\":true}}",
        "hexlens/patternSearch|{}",
        "hexlens/patternSearch|{\"pattern\":\"Enum.map(_, _\"}",
        "hexlens/patternSearch|{\"pattern\":\"Enum.map(_, _)\",\"limit\":0}",
        "hexlens/textSearch|{}",
        "hexlens/textSearch|{\"text\":\"\"}",
        "hexlens/textSearch|{\"text\":\"(\",\"regex\":true}",
        "hexlens/textSearch|{\"text\":\"x\",\"place\":\"names\"}",
        "hexlens/textSearch|{\"text\":\"x\",\"limit\":0}",
        "hexlens/textSearch|{\"text\":\"x\",\"timeLimit\":0}",
        "hexlens/usages|{}",
        "hexlens/usages|{\"symbol\":\"no symbol\"}",
        "workspace/executeCommand|{\"command\":\"make.coffee\"}",
        "workspace/executeCommand|{\"command\":\"hexlens.reindexHex\",\"arguments\":[5]}"
      })
  void whatMakesNoSenseIsRefused(String method, String params) throws Exception {
    initialize();
    assertThat(code(ask(method, params))).isEqualTo(INVALID_PARAMS);
  }

  @Test
  void aChangeToADocumentThatIsNotOpenIsPassedOver() throws Exception {
    initialize();
    send(
        """
        {"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":\
        {"uri":"file:///closed.ex","version":2},"contentChanges":[{"text":"x"}]}}\
        """);
    send(
        """
        {"jsonrpc":"2.0","method":"textDocument/didClose","params":{"textDocument":\
        {"uri":"file:///closed.ex"}}}\
        """);
    assertThat(ask("workspace/symbol", "{\"query\":\"x\"}").has("result")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0,999999", "999999,0", "2147483647,2147483647"})
  void aPositionOutsideOfTheTextIsItsNearest(int line, int character) throws Exception {
    initialize();
    send(
        """
        {"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":\
        {"uri":"untitled:one","languageId":"elixir","version":1,"text":"Enum.map(a, b)"}}}\
        """);
    JsonObject answer =
        ask(
            "textDocument/references",
            """
            {"textDocument":{"uri":"untitled:one"},"position":{"line":%d,"character":%d},\
            "context":{"includeDeclaration":false}}\
            """
                .formatted(line, character));
    assertThat(answer.has("result")).as("%s", answer).isTrue();
  }

  @Test
  void aNegativePositionIsRefused() throws Exception {
    initialize();
    send(
        """
        {"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":\
        {"uri":"untitled:one","languageId":"elixir","version":1,"text":"Enum.map(a, b)"}}}\
        """);
    assertThat(
            code(
                ask(
                    "textDocument/references",
                    """
                    {"textDocument":{"uri":"untitled:one"},"position":{"line":-1,"character":0},\
                    "context":{"includeDeclaration":false}}\
                    """)))
        .isEqualTo(INVALID_PARAMS);
  }

  @Test
  void aWorkspaceThatDoesNotExistIsSaidSoAndTheRestGoesOn() throws Exception {
    JsonObject answer =
        ask("initialize", "{\"capabilities\":{},\"rootUri\":\"file:///no/such/folder\"}");
    assertThat(answer.has("result")).isTrue();
    send("{\"jsonrpc\":\"2.0\",\"method\":\"initialized\",\"params\":{}}");
    assertThat(ask("hexlens/status", "{}").getAsJsonObject("result").getAsJsonArray("folders"))
        .isEmpty();
  }
}
