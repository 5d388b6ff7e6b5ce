package dev.hexlens.store.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;

/** Where the embedded server gets its port from; tests put a busy one in. */
@FunctionalInterface
interface Ports {

  /**
   * A port of the loopback interface that is free at this moment; another process may be quicker.
   *
   * @param preferred tried first unless it is 0: with the old port clients' pools live on
   * @return empty where the system gives none
   */
  OptionalInt free(int preferred);

  /** The system's choice. */
  static Ports ofSystem() {
    return preferred -> {
      if (preferred > 0 && probe(preferred).isPresent()) {
        return OptionalInt.of(preferred);
      }
      return probe(0);
    };
  }

  private static OptionalInt probe(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as Postgres does: closed connections don't block the port
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return OptionalInt.of(socket.getLocalPort());
    } catch (IOException e) {
      return OptionalInt.empty(); // taken
    }
  }
}
