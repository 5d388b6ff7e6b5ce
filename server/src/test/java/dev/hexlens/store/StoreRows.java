package dev.hexlens.store;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a prefix holds, by names and hashes in place of ids: two stores with the same
 * rows give the same lines.
 */
public final class StoreRows {
  private static final String PACKAGES =
      "SELECT ecosystem, name, rank FROM package ORDER BY ecosystem, name";

  private static final String RELEASES =
      """
      SELECT name, version, checksum, state, reasons, claimed_by IS NULL AND lease_until IS NULL,
             requirements, source, files, problems, completed_at IS NOT NULL
      FROM release JOIN package USING (package_id) ORDER BY name, version
      """;

  private static final String FILES =
      """
      SELECT name, version, path, encode(hash, 'hex'), signature
      FROM release_file JOIN release USING (release_id) JOIN package USING (package_id)
        LEFT JOIN content USING (content_id)
      ORDER BY name, version, path
      """;

  private static final String CONTENTS =
      """
      SELECT content_id, encode(hash, 'hex'), language, ascii, bytes, md5(source)
      FROM content ORDER BY 1
      """;

  private static final String EXTRACTIONS =
      "SELECT content_id, extractor, state, md5(tree) FROM extraction ORDER BY 1, 2";

  private static final String LINKAGES =
      "SELECT content_id, signature, terms FROM linkage ORDER BY 1, 2";

  private static final String ORPHANS =
      """
      SELECT 'content', content_id FROM content
        WHERE NOT EXISTS (SELECT FROM release_file f WHERE f.content_id = content.content_id)
      UNION ALL SELECT 'extraction', content_id FROM extraction
        WHERE NOT EXISTS (SELECT FROM release_file f WHERE f.content_id = extraction.content_id)
      UNION ALL SELECT 'linkage', content_id FROM linkage
        WHERE NOT EXISTS (SELECT FROM release_file f
                          WHERE (f.content_id, f.signature) = (linkage.content_id, linkage.signature))
      UNION ALL SELECT 'release_file', content_id FROM release_file f
        WHERE NOT EXISTS (SELECT FROM content WHERE content.content_id = f.content_id)
          OR signature <> 0 AND NOT EXISTS (
            SELECT FROM linkage
            WHERE (f.content_id, f.signature) = (linkage.content_id, linkage.signature))
      UNION ALL SELECT 'package', package_id FROM package
        WHERE NOT EXISTS (SELECT FROM release r WHERE r.package_id = package.package_id)
      """;

  private final Database database;

  private StoreRows(Database database) {
    this.database = database;
  }

  /** All rows. */
  public static List<String> of(Database database) {
    StoreRows rows = new StoreRows(database);
    List<String> all = new ArrayList<>();
    for (String sql : List.of(PACKAGES, RELEASES, FILES, CONTENTS, EXTRACTIONS, LINKAGES)) {
      all.addAll(query(database, sql));
    }
    all.addAll(rows.facts());
    return all;
  }

  /** Rows that nothing leads to, and files whose content or linkage is missing. */
  public static List<String> orphans(Database database) {
    return query(database, ORPHANS);
  }

  /** The rows of a query, their columns separated by blanks. */
  public static List<String> query(Database database, String sql) {
    return database.withConnection(connection -> {
      List<String> found = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(sql);
          ResultSet rows = select.executeQuery()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          List<String> columnsOfRow = new ArrayList<>();
          for (int column = 1; column <= columns; column++) {
            columnsOfRow.add(String.valueOf(rows.getString(column)));
          }
          found.add(String.join(" ", columnsOfRow));
        }
      }
      return found;
    });
  }

  /** Definitions and references, decoded. */
  private List<String> facts() {
    int extractor =
        Integer.parseInt(query(database, "SELECT max(extractor) FROM extraction").getFirst());
    Candidates candidates = new Candidates(database, new SymbolDictionary(), extractor);
    List<Candidates.Candidate> all =
        candidates.find(List.of(), Candidates.Scope.ALL, Cancellation.NONE);
    return candidates.read(all, CandidateSource.Parts.FACTS, Cancellation.NONE).stream()
        .map(file -> file.at().packageName() + "/" + file.at().path() + " " + file.facts())
        .sorted()
        .toList();
  }
}
