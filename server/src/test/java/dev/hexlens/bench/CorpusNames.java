package dev.hexlens.bench;

import dev.hexlens.elixir.link.ElixirExports;
import dev.hexlens.hex.SourceFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which names of a package are its own: the modules that it defines, the functions that it defines
 * and words that few packages use. What Elixir or another package defines, and what everybody says,
 * is not.
 */
final class CorpusNames {
  /** Of the packages, the share that makes a word everybody's when they use it. */
  private static final double COMMON = 1 / 8.0;

  /** Shorter words stay: they are everybody's, too. */
  private static final int SHORTEST = 4;

  static final Pattern MODULE =
      Pattern.compile("(?m)^\\s*def(?:module|protocol)\\s+([A-Z][A-Za-z0-9_.]*)");
  private static final Pattern FUNCTION =
      Pattern.compile("(?m)^\\s*def(?:macro|guard|delegate)?p?[ (]\\s*([a-z][A-Za-z0-9_]*)");
  private static final Pattern ERLANG_FUNCTION = Pattern.compile("(?m)^([a-z]\\w*)\\(");
  private static final Pattern ERLANG_MODULE = Pattern.compile("-module\\((\\w+)\\)");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_\\x80-\\xff][\\w\\x80-\\xff]*");

  /** Words with a meaning of their own in Elixir, its attributes and bitstrings, and in HTML. */
  private static final Set<String> RESERVED =
      Set.of(
          ("do end fn nil true false when and or not in catch rescue after else cond case receive"
                  + " quote unquote unquote_splicing super import alias require use for with try raise"
                  + " only except bind_quoted behaviour impl moduledoc typedoc typep opaque callback"
                  + " macrocallback optional_callbacks external_resource on_load before_compile"
                  + " after_compile on_definition enforce_keys derive protocol fallback_to_any"
                  + " deprecated compile dialyzer defstruct"
                  + " integer float bits bitstring binary bytes utf8 utf16 utf32 signed unsigned"
                  + " little big native size unit script style textarea title")
              .split(" "));

  private final Set<String> modules;
  private final Set<String> tails;
  private final Set<String> defined;
  private final Set<String> own;
  private final Set<String> erlang;

  private CorpusNames(
      Set<String> modules, Set<String> defined, Set<String> own, Set<String> erlang) {
    this.modules = modules;
    this.tails =
        modules.stream()
            .filter(name -> name.contains("."))
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .filter(tail -> ElixirExports.instance().module(tail) == null)
            .collect(Collectors.toSet());
    this.defined = defined;
    this.own = own;
    this.erlang = erlang;
  }

  /** Those of each of these packages. */
  static Map<String, CorpusNames> of(Map<String, List<SourceFile>> packages) {
    Map<String, Read> read = new HashMap<>();
    Map<String, Integer> users = new HashMap<>();
    Map<String, Integer> definers = new HashMap<>();
    packages.forEach((name, files) -> {
      Read each = Read.of(files);
      read.put(name, each);
      each.words.forEach(word -> users.merge(word, 1, Integer::sum));
      each.functions.forEach(word -> definers.merge(word, 1, Integer::sum));
    });
    Set<String> elixir = elixir();
    double common = Math.max(2, packages.size() * COMMON);
    Map<String, CorpusNames> names = new HashMap<>();
    read.forEach((name, each) -> {
      Set<String> rare = new HashSet<>();
      for (String word : each.words) {
        boolean everybodys =
            users.getOrDefault(word, 0) > common
                || RESERVED.contains(word)
                || elixir.contains(word)
                || word.startsWith("_")
                || word.chars().anyMatch(c -> c >= 0x80);
        boolean others = !each.functions.contains(word) && definers.containsKey(word);
        if (!everybodys && !others && word.length() >= SHORTEST) {
          rare.add(word);
        }
      }
      Set<String> functions = new HashSet<>(each.functions);
      functions.retainAll(rare);
      names.put(name, new CorpusNames(each.outermost(), functions, rare, each.erlang));
    });
    return names;
  }

  static boolean isErlang(String path) {
    return path.endsWith("rl");
  }

  /** Whether a word of Elixir is the package's own. */
  boolean isOwn(String word) {
    return own.contains(word);
  }

  /** Whether a function of that name is. */
  boolean isDefined(String word) {
    return defined.contains(word);
  }

  /** Whether a word of Erlang is: a function or a module of the package, or a variable. */
  boolean isErlangOwn(String word) {
    return Character.isUpperCase(word.charAt(0))
        ? word.length() >= SHORTEST && word.chars().anyMatch(Character::isLowerCase)
        : erlang.contains(word);
  }

  /** How much of a module's name is to get another ending; 0 when it is somebody else's. */
  int ownPart(String name) {
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (modules.contains(name.substring(0, dot))) {
        return dot;
      }
    }
    if (modules.contains(name)) {
      return name.length();
    }
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    return tails.contains(first) ? first.length() : 0;
  }

  /** What a package's sources have. */
  private record Read(
      Set<String> modules, Set<String> functions, Set<String> words, Set<String> erlang) {

    static Read of(Collection<SourceFile> files) {
      Read read = new Read(new TreeSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
      for (SourceFile file : files) {
        String text = new String(file.bytes(), StandardCharsets.ISO_8859_1);
        if (isErlang(file.path())) {
          read.collect(ERLANG_FUNCTION, text, read.erlang);
          read.collect(ERLANG_MODULE, text, read.erlang);
        } else {
          read.collect(MODULE, text, read.modules);
          read.collect(FUNCTION, text, read.functions);
        }
        Matcher words = WORD.matcher(text);
        while (words.find()) {
          read.words.add(words.group());
        }
      }
      read.words.addAll(read.erlang);
      return read;
    }

    private void collect(Pattern pattern, String text, Set<String> into) {
      Matcher found = pattern.matcher(text);
      while (found.find()) {
        into.add(Objects.requireNonNull(found.group(1)));
      }
    }

    /** The modules that are inside no other of the package; never one of Elixir's own. */
    Set<String> outermost() {
      Set<String> outermost = new HashSet<>();
      for (String name : modules) { // a name comes before those that begin with it
        boolean inside = false;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
          inside |= outermost.contains(name.substring(0, dot));
        }
        if (!inside && ElixirExports.instance().module(name) == null) {
          outermost.add(name);
        }
      }
      return outermost;
    }
  }

  /** The names of what Elixir's own modules export. */
  private static Set<String> elixir() {
    Set<String> names = new HashSet<>();
    try (InputStream in =
            Objects.requireNonNull(ElixirExports.class.getResourceAsStream("exports.txt"));
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        if (words.length > 2) {
          names.add(words[2]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }
}
