package dev.hexlens.store.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a running server has written of itself into {@code postmaster.pid} in its data folder; or a
 * server that is gone, since a kill leaves the file behind.
 *
 * @param data the data folder
 * @param pid of the server's first process
 * @param started seconds since 1970; with the pid it names one run of the server
 * @param port 0 while it starts
 * @param status {@code starting}, {@code ready} or {@code stopping}; empty at first
 */
record PostmasterPid(Path data, long pid, long started, int port, String status) {

  static final String FILE = "postmaster.pid";

  private static final Path PROC = Path.of("/proc");

  /** Milliseconds; nobody is nearer than the loopback interface. */
  private static final int TIMEOUT = 1000;

  /** The version number in the message that begins a session. */
  private static final int PROTOCOL_3 = 3 << 16;

  /** Reads the file; empty where there is none or it is not yet written. */
  static Optional<PostmasterPid> read(Path data) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(data.resolve(FILE));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    // Lines: pid, data folder, start time, port, socket folder, address, shared memory, status.
    long pid = number(lines, 0);
    if (pid == 0) {
      return Optional.empty();
    }
    String status = lines.size() > 7 ? lines.get(7).strip() : "";
    return Optional.of(
        new PostmasterPid(data, pid, number(lines, 2), (int) number(lines, 3), status));
  }

  /** Whether the process lives and is this folder's server, not one that got its number later. */
  boolean isRunning() {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return false;
    }
    ProcessHandle.Info info = process.get().info();
    if (info.arguments().isPresent()) {
      return Arrays.asList(info.arguments().get()).contains(data.toString());
    }
    if (info.command().isPresent()) {
      return Path.of(info.command().get()).getFileName().toString().startsWith("postgres");
    }
    // A process that shows nothing of itself: another user's, or dead and not yet collected.
    return port > 0 && answers();
  }

  /** A cheaper look, for before every use: whether the process lives. */
  boolean isAlive() {
    if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
      return false;
    }
    Path commandLine = PROC.resolve(Long.toString(pid)).resolve("cmdline");
    try {
      // Empty for a dead process that nobody has collected: in containers nobody may.
      return !Files.exists(commandLine) || Files.readAllBytes(commandLine).length > 0;
    } catch (IOException e) {
      return false; // gone between the two looks
    }
  }

  boolean isReady() {
    return status.equals("ready");
  }

  boolean isStopping() {
    return status.equals("stopping");
  }

  /**
   * Whether it lets clients in; while it recovers from a crash it says {@code ready}, but doesn't.
   * Asks for a login: the answer is R, a request to authenticate, or E, an error.
   */
  boolean acceptsConnections() {
    try (var socket = connect()) {
      var question = new ByteArrayOutputStream();
      var out = new DataOutputStream(question);
      out.writeInt(PROTOCOL_3);
      out.write(("user\0" + ServerKey.USER + "\0\0").getBytes(StandardCharsets.US_ASCII));
      var framed = new DataOutputStream(socket.getOutputStream());
      framed.writeInt(question.size() + Integer.BYTES);
      question.writeTo(framed);
      return socket.getInputStream().read() == 'R';
    } catch (IOException e) {
      return false; // the answer
    }
  }

  private boolean answers() {
    try (var socket = connect()) {
      return socket.isConnected();
    } catch (IOException e) {
      return false; // the answer
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT);
    socket.setSoTimeout(TIMEOUT);
    return socket;
  }

  private static long number(List<String> lines, int index) {
    if (index >= lines.size()) {
      return 0;
    }
    String line = lines.get(index).strip();
    return line.matches("\\d{1,18}") ? Long.parseLong(line) : 0;
  }
}
