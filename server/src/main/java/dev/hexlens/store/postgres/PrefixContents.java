package dev.hexlens.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a prefix holds, and how much of what it was given.
 *
 * @param packages with a complete release
 * @param files of all complete releases
 * @param sourceBytes of these files, as they are in the packages
 * @param distinctBytes of the same, each content once
 * @param parsed files of which all is indexed
 * @param withErrors files of which a part does not parse, and the rest is indexed
 * @param textOnly files of which only the text is kept
 * @param skipped entries of packages that are not kept, by reason
 * @param withoutSources releases without any file to keep
 */
public record PrefixContents(
    int packages,
    int releases,
    long files,
    long sourceBytes,
    long distinctBytes,
    long parsed,
    long withErrors,
    long textOnly,
    Map<String, Long> skipped,
    int withoutSources) {

  public PrefixContents {
    skipped = java.util.Collections.unmodifiableMap(new TreeMap<>(skipped));
  }

  /** Entries that are not kept. */
  public long skippedFiles() {
    return skipped.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Files that were to be kept, by their names. */
  public long seen() {
    return files + skippedFiles();
  }

  /**
   * Problems as releases note them, a path and what is wrong with it. Where a path has one of these
   * in its own name, that one counts.
   */
  private static final Pattern REASON =
      Pattern.compile(
          " (is not UTF-8|has a NUL byte|has a name that is not UTF-8|has a control character"
              + "|has a backslash|begins with a drive letter|climbs out|is a symbolic link"
              + "|is a hard link|is no plain file|is there twice|is a Macintosh resource fork"
              + "|has [0-9]+ bytes, more than|is larger than|can't be read)");

  private static final String RELEASES =
      "SELECT count(DISTINCT package_id), count(*) FROM release WHERE state = 'complete'";

  private static final String WITHOUT_SOURCES =
      "SELECT count(DISTINCT (name, version)) FROM checked_release WHERE NOT sources";

  private static final String DISTINCT = "SELECT coalesce(sum(bytes), 0)::bigint FROM content";

  private static final String FILES =
      """
      SELECT coalesce(extraction.state, 'text'), count(*), sum(bytes)::bigint
      FROM release JOIN release_file USING (release_id) JOIN content USING (content_id)
        LEFT JOIN extraction ON extraction.content_id = content.content_id
          AND extractor = (SELECT max(extractor) FROM extraction)
      WHERE release.state = 'complete'
      GROUP BY 1
      """;

  private static final String PROBLEMS =
      """
      SELECT problem FROM release, jsonb_array_elements_text(problems) AS problem
      WHERE state = 'complete' AND problems <> '[]'
      """;

  /** Looks into a prefix whose schema is this HexLens'. */
  static PrefixContents of(Connection connection, Prefix prefix) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET search_path TO " + prefix.quoted());
      int packages;
      int releases;
      try (var rows = statement.executeQuery(RELEASES)) {
        rows.next();
        packages = rows.getInt(1);
        releases = rows.getInt(2);
      }
      int withoutSources;
      try (var rows = statement.executeQuery(WITHOUT_SOURCES)) {
        rows.next();
        withoutSources = rows.getInt(1);
      }
      long distinct;
      try (var rows = statement.executeQuery(DISTINCT)) {
        rows.next();
        distinct = rows.getLong(1);
      }
      Map<String, Long> states = new TreeMap<>();
      long bytes = 0;
      try (var rows = statement.executeQuery(FILES)) {
        while (rows.next()) {
          states.put(rows.getString(1), rows.getLong(2));
          bytes += rows.getLong(3);
        }
      }
      Map<String, Long> skipped = new TreeMap<>();
      try (var rows = statement.executeQuery(PROBLEMS)) {
        while (rows.next()) {
          Matcher reason = REASON.matcher(rows.getString(1));
          if (reason.find()) {
            skipped.merge(words(reason.group(1)), 1L, Long::sum);
          }
        }
      }
      long parsed = states.getOrDefault("ok", 0L);
      long damaged = states.getOrDefault("damaged", 0L);
      long text = states.values().stream().mapToLong(Long::longValue).sum() - parsed - damaged;
      return new PrefixContents(
          packages,
          releases,
          parsed + damaged + text,
          bytes,
          distinct,
          parsed,
          damaged,
          text,
          skipped,
          withoutSources);
    }
  }

  private static String words(String reason) {
    boolean large = reason.endsWith("more than") || reason.equals("is larger than");
    return large ? "is too large" : reason;
  }
}
