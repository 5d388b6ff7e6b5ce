package dev.hexlens.store.postgres;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The embedded server's configuration, written anew at every start: for a machine that it shares
 * with an editor, and for data that are loaded in bulk and can be made again.
 *
 * @param memory bytes that the machine or the container has
 * @param sharedMemoryFolder bytes that /dev/shm can hold; Long.MAX_VALUE where there is none
 */
record ServerSettings(long memory, long sharedMemoryFolder) {

  /**
   * Connections of all processes together: a dozen windows with a pool each. An unused slot costs a
   * few hundred bytes.
   */
  static final int MAX_CONNECTIONS = 64;

  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;

  static ServerSettings forThisMachine() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new ServerSettings(system.getTotalMemorySize(), sizeOf(Path.of("/dev/shm")));
  }

  private static long sizeOf(Path folder) {
    try {
      return Files.isDirectory(folder)
          ? Files.getFileStore(folder).getTotalSpace()
          : Long.MAX_VALUE;
    } catch (IOException e) {
      return 0; // there, but not to be relied on
    }
  }

  /** The text of postgresql.conf. */
  String text(int port) {
    long buffers = memory < 4 * GIB ? 128 : 256;
    return """
    # Written by HexLens at every start. Your own settings: postgresql.local.conf, beside this file.

    # This machine only; no socket files, whose paths are limited to 107 bytes.
    listen_addresses = '127.0.0.1'
    port = %d
    unix_socket_directories = ''
    max_connections = %d
    password_encryption = 'scram-sha-256'

    # Memory that an editor's machine can spare; the kernel's cache holds the rest of the data.
    # Pages of shared_buffers count only once they have been used.
    shared_buffers = %dMB
    effective_cache_size = %dMB
    work_mem = 16MB
    maintenance_work_mem = 256MB
    autovacuum_work_mem = 64MB
    # Parallel workers share memory through files in /dev/shm, which containers keep small (Docker: 64 MB);
    # there they use the data folder instead.
    dynamic_shared_memory_type = %s

    # Nobody replicates or archives: a COPY into a table that its own transaction made skips the log.
    wal_level = minimal
    max_wal_senders = 0
    # A bulk load should not checkpoint all the time, and what it leaves is taken back.
    max_wal_size = 2GB
    min_wal_size = 80MB
    checkpoint_timeout = 15min
    # A commit needn't wait for the disk: a crash loses at most the last 0.6 s (three times
    # wal_writer_delay), in order, and the indexer does them again. fsync and full_page_writes stay on:
    # without them a power cut would leave a broken folder.
    synchronous_commit = off

    # Short questions: compiling a plan takes longer than running it. Solid-state disks: a random page
    # costs about what a sequential one does.
    jit = off
    random_page_cost = 1.1

    # HexLens reads these messages; times in them don't depend on where the user travels.
    lc_messages = 'C'
    log_timezone = 'UTC'
    timezone = 'UTC'
    log_min_messages = warning
    cluster_name = 'hexlens'

    include_if_exists = 'postgresql.local.conf'
    """
        .formatted(port, MAX_CONNECTIONS, buffers, memory / 2 / MIB, sharedMemoryType());
  }

  private String sharedMemoryType() {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return "windows";
    }
    return sharedMemoryFolder < GIB / 2 ? "mmap" : "posix";
  }

  /** The text of pg_hba.conf: one role, over TCP, with its password. */
  static String access() {
    return """
    # Written by HexLens at every start.
    host all all 127.0.0.1/32 scram-sha-256
    """;
  }
}
