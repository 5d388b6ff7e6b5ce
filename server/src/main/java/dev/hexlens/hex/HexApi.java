package dev.hexlens.hex;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The HTTP API of a Hex repository, as far as the registry doesn't tell the same: downloads. It
 * allows 100 requests a minute without a key; its headers are heeded.
 */
public final class HexApi {
  /** The most that a page may have, and has unless asked for less. */
  private static final int PAGE = 100;

  /** A page of 100 packages with all their releases takes well under 1 MB. */
  private static final long LIMIT = 16L << 20;

  private final MirrorRing ring;
  private final String repository;

  HexApi(MirrorRing ring, String repository) {
    this.ring = ring;
    this.repository = repository;
  }

  /**
   * The packages with the most downloads, most first. The list moves while it is read: a package
   * that slips to the next page is counted once, one that slips to the page before may be missed.
   *
   * @param limit of packages; fewer if there are no more
   */
  public List<RankedPackage> top(int limit) throws HexException, InterruptedException {
    Map<String, RankedPackage> ranked = new LinkedHashMap<>();
    for (int page = 1; ranked.size() < limit; page++) {
      List<RankedPackage> more = page(page);
      // An empty page is the only sign of the end.
      if (more.isEmpty()) {
        break;
      }
      int before = ranked.size();
      more.forEach(each -> ranked.putIfAbsent(each.name(), each));
      if (ranked.size() == before) {
        break;
      }
    }
    return ranked.values().stream().limit(limit).toList();
  }

  private List<RankedPackage> page(int page) throws HexException, InterruptedException {
    String path = "/packages?sort=total_downloads&per_page=" + PAGE + "&page=" + page;
    return ring.get(
        path,
        "the API's " + path,
        new HttpFetch.Request("application/json", LIMIT, null, false),
        answer -> parse(path, answer));
  }

  private List<RankedPackage> parse(String path, Answer.Found answer)
      throws HexException.BadRegistry {
    if (!(answer instanceof Answer.Body body)) {
      throw new IllegalStateException("HttpFetch takes 304 only for an answer to an ETag");
    }
    try {
      JsonArray packages =
          JsonParser.parseString(new String(body.bytes(), StandardCharsets.UTF_8)).getAsJsonArray();
      List<RankedPackage> ranked = new ArrayList<>(packages.size());
      for (JsonElement each : packages) {
        JsonObject source = each.getAsJsonObject();
        String name = source.get("name").getAsString();
        JsonElement of = source.get("repository");
        if (PackageNames.isValid(name) && (of == null || of.getAsString().equals(repository))) {
          ranked.add(
              new RankedPackage(name, downloads(source, "all"), downloads(source, "recent")));
        }
      }
      return ranked;
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException
        | NullPointerException e) {
      throw new HexException.BadRegistry(
          path,
          "What the API answered to "
              + path
              + " is no list of packages: check --api-url, as in https://hex.pm/api.",
          e);
    }
  }

  private static long downloads(JsonObject source, String key) {
    // Absent where there were none.
    return source.get("downloads") instanceof JsonObject counts && counts.has(key)
        ? counts.get(key).getAsLong()
        : 0;
  }
}
