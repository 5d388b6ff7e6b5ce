package dev.hexlens.store;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Writes rows in Postgres's binary COPY format, the fastest way in. Rows must be complete: {@link
 * #row} first, then each column in order. Format: PostgreSQL manual, COPY, "Binary Format".
 */
final class BinaryCopy implements AutoCloseable {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final int INT4_OID = 23;

  private final DataOutputStream out;

  private BinaryCopy(DataOutputStream out) {
    this.out = out;
  }

  /**
   * Begins to fill a table.
   *
   * @param target the table with its columns: {@code content (content_id, hash)}
   */
  static BinaryCopy into(Connection connection, String target) throws SQLException, IOException {
    CopyManager manager = connection.unwrap(PGConnection.class).getCopyAPI();
    PGCopyOutputStream stream =
        new PGCopyOutputStream(manager.copyIn("COPY " + target + " FROM STDIN (FORMAT binary)"));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream, 1 << 16));
    out.write(SIGNATURE);
    out.writeInt(0); // flags
    out.writeInt(0); // header extension
    return new BinaryCopy(out);
  }

  void row(int columns) throws IOException {
    out.writeShort(columns);
  }

  void integer(int value) throws IOException {
    out.writeInt(4);
    out.writeInt(value);
  }

  void smallint(int value) throws IOException {
    out.writeInt(2);
    out.writeShort(value);
  }

  void bigint(long value) throws IOException {
    out.writeInt(8);
    out.writeLong(value);
  }

  void bool(boolean value) throws IOException {
    out.writeInt(1);
    out.writeByte(value ? 1 : 0);
  }

  void text(String value) throws IOException {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(byte[] value) throws IOException {
    out.writeInt(value.length);
    out.write(value);
  }

  void nothing() throws IOException {
    out.writeInt(-1);
  }

  void integers(int[] values) throws IOException {
    if (values.length == 0) {
      out.writeInt(12);
      out.writeInt(0); // dimensions
      out.writeInt(0); // no nulls
      out.writeInt(INT4_OID);
      return;
    }
    out.writeInt(20 + 8 * values.length);
    out.writeInt(1);
    out.writeInt(0);
    out.writeInt(INT4_OID);
    out.writeInt(values.length);
    out.writeInt(1); // lower bound
    for (int value : values) {
      out.writeInt(4);
      out.writeInt(value);
    }
  }

  /** Ends the COPY; its rows count once the transaction commits. */
  @Override
  public void close() throws IOException {
    out.writeShort(-1);
    out.close();
  }
}
