import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks or rewrites every Java source of the repository with google-java-format, all in one JVM:
 * {@code java Format.java --check|--replace FOLDER}. Exits 1 when {@code --check} finds a file that
 * would change.
 */
final class Format {
  public static void main(String[] args) throws IOException {
    boolean replace = args[0].equals("--replace");
    Path root = Path.of(args[1]);
    var formatter =
        new Formatter(
            JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.GOOGLE).build());
    int wrong = 0;
    for (Path file : sources(root)) {
      String source = Files.readString(file);
      String formatted;
      try {
        formatted = format(formatter, source);
      } catch (FormatterException e) {
        System.err.println(root.relativize(file) + ": " + e.getMessage());
        wrong++;
        continue;
      }
      if (formatted.equals(source)) {
        continue;
      }
      if (replace) {
        Files.writeString(file, formatted);
      } else {
        System.err.println("not formatted: " + root.relativize(file));
        wrong++;
      }
    }
    if (wrong > 0) {
      System.err.println(wrong + " files need formatting: run mvn -q -N -Pformat");
      System.exit(1);
    }
  }

  private static String format(Formatter formatter, String source) throws FormatterException {
    String imports =
        ImportOrderer.reorderImports(
            RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.GOOGLE);
    return formatter.formatSource(imports);
  }

  private static List<Path> sources(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && Files.isRegularFile(file))
          .filter(file ->
              !root.relativize(file)
                  .toString()
                  .matches("(.*[/\\\\])?(target|node_modules|\\.git)[/\\\\].*"))
          .sorted()
          .toList();
    }
  }
}
