package dev.hexlens.hex;

import java.net.URI;
import java.time.Duration;

/** What happened on the way that the user may want to know while things go on. */
public sealed interface HexEvent {

  /** A sentence about it. */
  String sentence();

  /** Nothing answered well; the same is asked again after the delay. */
  record Retrying(String resource, String reason, Duration delay) implements HexEvent {
    @Override
    public String sentence() {
      return resource + ": " + reason + "; trying again in " + delay.toMillis() + " ms";
    }
  }

  /** A mirror served wrong bytes where another one had the right ones. */
  record MirrorQuarantined(URI mirror, String reason, Duration time) implements HexEvent {
    @Override
    public String sentence() {
      return mirror + " is not asked for " + time.toMinutes() + " minutes: " + reason;
    }
  }

  /** A release's tarball was replaced after its registry file had been read. */
  record Republished(ReleaseId release, Checksum checksum) implements HexEvent {
    @Override
    public String sentence() {
      return release + " was published anew meanwhile, with the checksum " + checksum;
    }
  }

  /** The repository has something to say to its users. */
  record Announcement(URI mirror, String text) implements HexEvent {
    @Override
    public String sentence() {
      return mirror.getHost() + " says: " + text;
    }
  }

  /** A cache can't be read or written; what it would have held is downloaded. */
  record CacheFailed(String file, String reason) implements HexEvent {
    @Override
    public String sentence() {
      return "the cached "
          + file
          + " can't be used ("
          + reason
          + "): check the folder and its disk";
    }
  }
}
