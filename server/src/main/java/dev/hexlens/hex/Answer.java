package dev.hexlens.hex;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one mirror said to one request. */
sealed interface Answer {

  /** An answer that has what was asked for. */
  sealed interface Found extends Answer {
    /** How long the server wants no further request; zero if it doesn't say. */
    Duration pause();
  }

  /**
   * The bytes, without the encoding of the transfer.
   *
   * @param etag normalised; null if the server sends none
   */
  @SuppressWarnings("ArrayRecordComponent") // Lives for the time of one method.
  record Body(byte[] bytes, @Nullable String etag, Duration pause) implements Found {}

  /** The bytes are those that the ETag in the request stands for. */
  record NotModified(Duration pause) implements Found {}

  /** It isn't there. */
  record Absent(String reason) implements Answer {}

  /** It isn't there for us. */
  record Forbidden(String reason) implements Answer {}

  /** It has more bytes than were allowed for. */
  record Oversize(String reason) implements Answer {}

  /** Something that asking again may cure. */
  record Failed(String reason) implements Answer {}

  /** Too many requests: not again before that time has passed. */
  record Hold(String reason, Duration time) implements Answer {}

  /** An answer that asking again won't change. */
  record Refused(String reason) implements Answer {}
}
