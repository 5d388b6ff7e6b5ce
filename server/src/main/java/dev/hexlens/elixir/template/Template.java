package dev.hexlens.elixir.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the Elixir of a template into one program: expressions as statements, components as calls
 * with one argument, {@code :for} and {@code :let} as what binds their variables. EEx's own tags
 * make a program already once the text around them is gone. HEEx is read as Phoenix's tokenizer
 * reads it; what is not well-formed gives what can be made of it. Linear in the template's size.
 */
public final class Template {
  /** How a template is written. */
  public enum Language {
    /** Only {@code <% %>}. */
    EEX,
    /** HTML with components and braces. */
    HEEX;

    /** The language of a file by its name; null for one that is no template. */
    public static @Nullable Language of(String path) {
      if (path.endsWith(".heex")) {
        return HEEX;
      }
      return path.endsWith(".eex") || path.endsWith(".leex") ? EEX : null;
    }
  }

  private static final Set<String> VOID =
      Set.of(
          "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
          "source", "track", "wbr");

  private final byte[] source;
  private final int limit;
  private final Language language;
  private final WovenText woven;
  private final List<Element> open = new ArrayList<>();
  private int at;

  /** An element that is open: how many blocks of the program end with it. */
  private record Element(String name, int blocks, boolean plain) {}

  /** An attribute whose value is an expression: the name's range, the expression's range. */
  private record Attribute(int nameStart, int nameEnd, int from, int to) {}

  private Template(byte[] source, int from, int to, Language language, WovenText woven) {
    this.source = source;
    this.at = from;
    this.limit = to;
    this.language = language;
    this.woven = woven;
  }

  /** The program of a whole template. */
  public static WovenText weave(byte[] source, Language language) {
    return weave(source, 0, source.length, language);
  }

  /** The program of a template that is a part of a source. */
  public static WovenText weave(byte[] source, int from, int to, Language language) {
    WovenText woven = new WovenText(source);
    new Template(source, from, to, language, woven).run();
    return woven;
  }

  private void run() {
    while (at < limit) {
      if (starts("<%")) {
        tag();
      } else if (language == Language.EEX) {
        at++;
      } else if (starts("<!--")) {
        tagsUntil("-->");
      } else if (starts("</")) {
        closing();
      } else if (source[at] == '<' && isNameStart(at + 1)) {
        element();
      } else if (source[at] == '{' && !isPlain()) {
        int end = braces(at);
        statement(at + 1, end);
        at = end + 1;
      } else {
        at++;
      }
    }
    while (!open.isEmpty()) {
      close(open.removeLast());
    }
  }

  // EEx.

  private void tag() {
    if (starts("<%!--")) {
      at = after("--%>", at + 5);
      return;
    }
    int from = at + 2;
    byte mark = from < limit ? source[from] : 0;
    int end = find("%>", from);
    if (mark != '%' && mark != '#') {
      boolean marked = mark == '=' || mark == '|' || mark == '/';
      statement(marked ? from + 1 : from, end);
    }
    at = mark == '%' ? from + 1 : end + 2;
  }

  /** Goes to a text, over which only EEx's tags count. */
  private void tagsUntil(String text) {
    while (at < limit && !starts(text)) {
      if (starts("<%")) {
        tag();
      } else {
        at++;
      }
    }
  }

  private void statement(int from, int to) {
    int end = Math.min(to, limit);
    woven.copy(from, end);
    woven.put("\n");
  }

  // HEEx.

  private void element() {
    int nameStart = at + 1;
    int nameEnd = nameStart;
    while (nameEnd < limit && !isOneOf(source[nameEnd], " \t\r\n>/{<=")) {
      nameEnd++;
    }
    String name = text(nameStart, nameEnd);
    at = nameEnd;
    List<Attribute> attributes = new ArrayList<>();
    boolean plain = name.equals("script") || name.equals("style") || isPlain();
    boolean selfClosing = false;
    while (at < limit && source[at] != '>') {
      if (starts("/>")) {
        selfClosing = true;
        at++;
      } else if (starts("<%")) {
        tag();
      } else if (source[at] == '{') {
        int end = braces(at);
        attributes.add(new Attribute(at, at, at + 1, end));
        at = end + 1;
      } else if (source[at] <= ' ' && source[at] >= 0) {
        at++;
      } else {
        plain |= attribute(attributes);
      }
    }
    at++;
    int blocks = opened(nameStart, nameEnd, attributes);
    Element element = new Element(name, blocks, plain);
    if (selfClosing || VOID.contains(name)) {
      close(element);
    } else {
      open.add(element);
      if (name.equals("script") || name.equals("style")) {
        tagsUntil("</" + name);
      }
    }
  }

  /** Whether it says that braces in the element are text. */
  private boolean attribute(List<Attribute> attributes) {
    int start = at++;
    while (at < limit && !isOneOf(source[at], " \t\r\n>/=")) {
      at++;
    }
    int end = at;
    while (at < limit && source[at] == ' ') {
      at++;
    }
    if (at < limit && source[at] == '=') {
      at++;
      while (at < limit && source[at] == ' ') {
        at++;
      }
      if (at < limit && source[at] == '{') {
        int closing = braces(at);
        attributes.add(new Attribute(start, end, at + 1, closing));
        at = closing + 1;
      } else if (at < limit && (source[at] == '"' || source[at] == '\'')) {
        String quote = source[at++] == '"' ? "\"" : "'";
        tagsUntil(quote);
        at++;
      }
    }
    return text(start, end).equals("phx-no-curly-interpolation");
  }

  /** Weaves an element's head; returns how many blocks are open behind it. */
  private int opened(int nameStart, int nameEnd, List<Attribute> attributes) {
    int blocks = 0;
    // The program keeps the source's order, and the name comes first: so the blocks of the
    // attributes that bind variables open behind it.
    if (source[nameStart] == '.') {
      component(nameStart + 1, nameEnd);
    } else if (source[nameStart] >= 'A' && source[nameStart] <= 'Z') {
      component(nameStart, nameEnd);
    }
    for (Attribute attribute : attributes) {
      switch (text(attribute.nameStart(), attribute.nameEnd())) {
        case ":for" -> {
          woven.put("for(");
          woven.copy(attribute.from(), attribute.to());
          woven.put("\n) do\n");
          blocks++;
        }
        case ":let" -> {
          woven.put("case {} do ");
          woven.copy(attribute.from(), attribute.to());
          woven.put(" ->\n");
          blocks++;
        }
        default -> {
          woven.put("(");
          copyTrimmed(attribute.from(), attribute.to());
          woven.put("\n)\n");
        }
      }
    }
    return blocks;
  }

  /** Without the blanks around it: parentheses belong to an expression's range. */
  private void copyTrimmed(int from, int to) {
    int first = from;
    int end = Math.min(to, limit);
    while (first < end && isOneOf(source[first], " \t\r\n")) {
      first++;
    }
    while (end > first && isOneOf(source[end - 1], " \t\r\n")) {
      end--;
    }
    woven.copy(first, end);
  }

  private void component(int from, int to) {
    if (to > from) {
      woven.copy(from, to);
      woven.put("({})\n");
    }
  }

  private void closing() {
    int from = at + 2;
    int to = from;
    while (to < limit && !isOneOf(source[to], " \t\r\n>")) {
      to++;
    }
    String name = text(from, to);
    int match = open.size() - 1;
    while (match >= 0 && !open.get(match).name().equals(name)) {
      match--;
    }
    while (match >= 0 && open.size() > match) {
      close(open.removeLast());
    }
    at = to;
  }

  private void close(Element element) {
    woven.put("\nend\n".repeat(element.blocks()));
  }

  private boolean isPlain() {
    return !open.isEmpty() && open.getLast().plain();
  }

  // The text.

  /** The brace that closes this one, counted as Phoenix does: a backslash hides one. */
  private int braces(int opening) {
    int depth = 0;
    for (int in = opening; in < limit; in++) {
      switch (source[in]) {
        case '\\' -> in++;
        case '{' -> depth++;
        case '}' -> {
          if (--depth == 0) {
            return in;
          }
        }
        default -> {}
      }
    }
    return limit;
  }

  private boolean starts(String text) {
    if (at + text.length() > limit) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (source[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int find(String text, int from) {
    int before = at;
    at = from;
    while (at < limit && !starts(text)) {
      at++;
    }
    int found = at;
    at = before;
    return found;
  }

  private int after(String text, int from) {
    return Math.min(limit, find(text, from) + text.length());
  }

  private boolean isNameStart(int place) {
    if (place >= limit) {
      return false;
    }
    byte c = source[place];
    return c == '.' || c == ':' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isOneOf(byte c, String letters) {
    return c > 0 && letters.indexOf(c) >= 0;
  }

  private String text(int from, int to) {
    return new String(source, from, to - from, StandardCharsets.UTF_8);
  }
}
