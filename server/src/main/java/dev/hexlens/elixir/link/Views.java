package dev.hexlens.elixir.link;

import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.facts.TemplateScope;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which module a template becomes a function of: one that embeds it by a pattern ({@code
 * Phoenix.Component}), one whose file stands beside it under the same name (a live view), or the
 * view of its folder ({@code Phoenix.View}).
 */
public final class Views {
  private static final String TEMPLATES = "/templates/";

  private Views() {}

  /**
   * The module among these; null where none embeds the template.
   *
   * @param template its path inside of its package, which is where the modules have theirs
   */
  public static @Nullable String of(Collection<ModuleExports> modules, String template) {
    String beside = null;
    for (ModuleExports module : modules) {
      TemplateScope scope = module.templates();
      if (scope != null && !scope.file().isEmpty() && mayHold(scope.file(), template)) {
        if (embeds(scope, template)) {
          return module.name();
        }
        boolean byPlace = scope.patterns().isEmpty() && isBeside(scope.file(), template);
        if (byPlace && (beside == null || module.name().length() < beside.length())) {
          beside = module.name(); // of nested modules the outer one
        }
      }
    }
    return beside;
  }

  /**
   * Whether a file may define the module of a template, by their paths alone: so that few files
   * need to be read to find it.
   */
  public static boolean mayHold(String file, String template) {
    return file.endsWith(".ex") && (template.startsWith(folder(file)) || isBeside(file, template));
  }

  private static boolean isBeside(String file, String template) {
    String name = template.substring(template.lastIndexOf('/') + 1);
    int dot = name.indexOf('.');
    String bare = folder(template) + (dot < 0 ? name : name.substring(0, dot));
    if (file.equals(bare + ".ex")) {
      return true;
    }
    int at = ("/" + template).indexOf(TEMPLATES);
    if (at < 0) {
      return false;
    }
    String inside = template.substring(at + TEMPLATES.length() - 1);
    int slash = inside.lastIndexOf('/');
    return slash > 0
        && file.equals(
            template.substring(0, at) + "views/" + inside.substring(0, slash) + "_view.ex");
  }

  private static boolean embeds(TemplateScope scope, String template) {
    int dot = template.lastIndexOf('.');
    String bare = dot < 0 ? template : template.substring(0, dot);
    return scope.patterns().stream()
        .anyMatch(pattern -> {
          Pattern glob = glob(joined(folder(scope.file()), pattern));
          return glob.matcher(bare).matches() || glob.matcher(withoutFormat(bare)).matches();
        });
  }

  /** {@code home.html} may be asked for as {@code home} where the pattern leaves its format out. */
  private static String withoutFormat(String bare) {
    int dot = bare.lastIndexOf('.');
    return dot > bare.lastIndexOf('/') ? bare.substring(0, dot) : bare;
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static String joined(String folder, String pattern) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : (folder + pattern).split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  /** A glob as {@code Path.wildcard/1} reads it. */
  private static Pattern glob(String text) {
    StringBuilder regex = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      switch (c) {
        case '*' -> {
          boolean folders = text.startsWith("**/", at);
          regex.append(folders ? "(?:.*/)?" : "[^/]*");
          at += folders ? 2 : 0;
        }
        case '?' -> regex.append("[^/]");
        case '{' -> regex.append("(?:");
        case '}' -> regex.append(')');
        case ',' -> regex.append('|');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(balanced(text) ? regex.toString() : Pattern.quote(text));
  }

  private static boolean balanced(String text) {
    int depth = 0;
    for (int at = 0; at < text.length() && depth >= 0; at++) {
      depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
    }
    return depth == 0;
  }
}
