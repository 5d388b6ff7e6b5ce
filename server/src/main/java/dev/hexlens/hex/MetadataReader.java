package dev.hexlens.hex;

import dev.hexlens.hex.ErlangTerm.Atom;
import dev.hexlens.hex.ErlangTerm.Dictionary;
import dev.hexlens.hex.ErlangTerm.Int;
import dev.hexlens.hex.ErlangTerm.Sequence;
import dev.hexlens.hex.ErlangTerm.Text;
import dev.hexlens.hex.ErlangTerm.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes sense of a tarball's metadata. A value of an unexpected shape counts as absent: ten years
 * of publishers wrote these files.
 */
final class MetadataReader {
  private MetadataReader() {}

  static PackageMetadata read(byte[] config) throws ErlangTermReader.SyntaxException {
    Map<String, ErlangTerm> keys = keyed(new Sequence(ErlangTermReader.read(config)));
    return new PackageMetadata(
        text(keys.get("name")),
        text(keys.get("version")),
        text(keys.get("app")),
        text(keys.get("description")),
        text(keys.get("elixir")),
        texts(keys.get("licenses")),
        texts(keys.get("build_tools")),
        requirements(keys.get("requirements")));
  }

  /** The three shapes of requirements that Hex has had. */
  private static List<Dependency> requirements(@Nullable ErlangTerm term) {
    List<Dependency> dependencies = new ArrayList<>();
    if (term instanceof Sequence list
        && list.elements().stream().allMatch(each -> each instanceof Sequence)) {
      for (ErlangTerm each : list.elements()) {
        Map<String, ErlangTerm> keys = keyed(each);
        String name = text(keys.get("name"));
        if (name != null) {
          dependencies.add(dependency(name, keys));
        }
      }
      return dependencies;
    }
    keyed(term)
        .forEach((name, value) -> {
          String requirement = text(value);
          dependencies.add(
              requirement == null
                  ? dependency(name, keyed(value))
                  : new Dependency(name, requirement, false, name, null));
        });
    return dependencies;
  }

  private static Dependency dependency(String name, Map<String, ErlangTerm> keys) {
    String requirement = text(keys.get("requirement"));
    String app = text(keys.get("app"));
    return new Dependency(
        name,
        requirement == null ? Requirement.ANY : requirement,
        keys.get("optional") instanceof Atom(String atom) && atom.equals("true"),
        app == null ? name : app,
        text(keys.get("repository")));
  }

  /** A list of pairs or a map, by the text of its keys; of a key met twice the last counts. */
  private static Map<String, ErlangTerm> keyed(@Nullable ErlangTerm term) {
    Map<String, ErlangTerm> keys = new LinkedHashMap<>();
    switch (term) {
      case Sequence(List<ErlangTerm> elements) -> {
        for (ErlangTerm each : elements) {
          if (each instanceof Tuple(List<ErlangTerm> pair) && pair.size() == 2) {
            put(keys, pair.get(0), pair.get(1));
          }
        }
      }
      case Dictionary(Map<ErlangTerm, ErlangTerm> entries) ->
          entries.forEach((key, value) -> put(keys, key, value));
      case null, default -> {}
    }
    return keys;
  }

  private static void put(Map<String, ErlangTerm> keys, ErlangTerm key, ErlangTerm value) {
    String name = text(key);
    if (name != null) {
      keys.put(name, value);
    }
  }

  private static @Nullable String text(@Nullable ErlangTerm term) {
    return switch (term) {
      case Text(String value) -> value;
      case Int(var value) -> value.toString();
      case Atom(String name) when !name.equals("nil") && !name.equals("undefined") -> name;
      case null, default -> null;
    };
  }

  private static List<String> texts(@Nullable ErlangTerm term) {
    List<String> texts = new ArrayList<>();
    if (term instanceof Sequence(List<ErlangTerm> elements)) {
      for (ErlangTerm each : elements) {
        String text = text(each);
        if (text != null) {
          texts.add(text);
        }
      }
    }
    return texts;
  }
}
