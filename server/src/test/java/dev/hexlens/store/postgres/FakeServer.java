package dev.hexlens.store.postgres;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Says what Postgres it is, and lets everybody in; answers nothing else. */
final class FakeServer implements AutoCloseable {

  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  private final ServerSocket socket;

  FakeServer(String version, String encoding) throws IOException {
    socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(() -> greet(version, encoding));
  }

  int port() {
    return socket.getLocalPort();
  }

  private void greet(String version, String encoding) {
    while (!socket.isClosed()) {
      try (var client = socket.accept()) {
        var in = new DataInputStream(client.getInputStream());
        var out = new DataOutputStream(client.getOutputStream());
        int code;
        do {
          byte[] message = in.readNBytes(in.readInt() - Integer.BYTES);
          code = new DataInputStream(new ByteArrayInputStream(message)).readInt();
          if (code == SSL_REQUEST || code == GSS_REQUEST) {
            out.writeByte('N');
          }
        } while (code == SSL_REQUEST || code == GSS_REQUEST);
        send(out, 'R', new byte[Integer.BYTES]);
        for (String setting :
            List.of(
                "server_version\0" + version,
                "server_encoding\0" + encoding,
                "client_encoding\0UTF8",
                "DateStyle\0ISO",
                "integer_datetimes\0on",
                "standard_conforming_strings\0on")) {
          send(out, 'S', (setting + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        send(out, 'Z', new byte[] {'I'});
        in.readAllBytes();
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static void send(DataOutputStream out, char type, byte[] body) throws IOException {
    var message = new ByteArrayOutputStream();
    var framed = new DataOutputStream(message);
    framed.writeByte(type);
    framed.writeInt(body.length + Integer.BYTES);
    framed.write(body);
    message.writeTo(out);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
