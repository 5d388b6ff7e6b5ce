package dev.hexlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.index.LoopbackHex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code index hex --web} and {@code serve} say; the pages have tests of their own. */
final class WebCommandsTest {
  private static final String PREFIX = "web_commands_test";

  @TempDir private Path folder;

  @Test
  void aRunSaysWhereItIsShownAndEndsWithTheRun() throws Exception {
    try (LoopbackHex hex = LoopbackHex.ofFixturesAnd()) {
      CommandRun run =
          CommandRun.hexlens(
              "index",
              "hex",
              "--mirror",
              hex.url().toString(),
              "--registry-key",
              hex.publicKey().toString(),
              "--prefix",
              PREFIX,
              "--web",
              "--port",
              "0");
      assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.FOUND);
      assertThat(run.err()).containsPattern("see http://localhost:[1-9][0-9]*/progress\n");
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void aPortThatIsTakenEndsBothWithOneSentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      CommandRun index = index("--web", "--port", port);
      assertThat(index.exit()).isEqualTo(ExitCode.FAILED);
      assertThat(index.err())
          .startsWith("hexlens: port " + port)
          .contains("--port 0")
          .hasLineCount(1);
      CommandRun serve = CommandRun.hexlens("serve", "--port", port, "--prefix", PREFIX);
      assertThat(serve.exit()).isEqualTo(ExitCode.FAILED);
      assertThat(serve.err())
          .startsWith("hexlens: port " + port)
          .contains("--port 0")
          .hasLineCount(1);
    }
  }

  @Test
  void aPortThatIsNoneIsRefused() {
    assertThat(index("--web", "--port", "65536").err())
        .isEqualTo("hexlens: --port must be between 0 and 65535, not 65536\n");
    assertThat(index("--port", "4200").err()).isEqualTo("hexlens: --port goes with --web\n");
    assertThat(CommandRun.hexlens("serve", "--port", "-1").err())
        .isEqualTo("hexlens: --port must be between 0 and 65535, not -1\n");
  }

  private CommandRun index(String... more) {
    String[] all = new String[6 + more.length];
    String[] first = {"index", "hex", "--tarball-dir", folder.toString(), "--prefix", PREFIX};
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return CommandRun.hexlens(all);
  }
}
