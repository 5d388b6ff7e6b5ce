package dev.hexlens.cli;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.parser.ParseTimeout;
import dev.hexlens.elixir.syntax.CanonicalJson;
import dev.hexlens.hex.FileProblem;
import dev.hexlens.hex.SourceFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hexlens ast}: the syntax tree as canonical JSON, to hold against Elixir's own parser. */
@Command(
    name = "ast",
    description = "Print the syntax tree of files as canonical JSON.",
    mixinStandardHelpOptions = true)
final class AstCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "Files; none: their names on standard input.")
  private List<String> files = List.of();

  @Option(names = "--hash", description = "Print the SHA-256 of the JSON instead.")
  private boolean hash;

  private final Console console;
  private final ThreadLocal<ElixirReader> readers = ThreadLocal.withInitial(ElixirReader::new);

  AstCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    BufferedReader names =
        new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
    Iterator<String> inputs =
        files.isEmpty() ? names.lines().filter(l -> !l.isEmpty()).iterator() : files.iterator();
    OrderedWork.run(inputs, OrderedWork.FEW, this::line, console.out()::println);
    return ExitCode.FOUND;
  }

  private String line(String file) {
    try {
      byte[] source = Files.readAllBytes(Path.of(file));
      Optional<FileProblem> problem =
          new SourceFile(file, source)
              .textProblem()
              .filter(each -> each.kind() == FileProblem.Kind.NOT_UTF8);
      if (problem.isPresent()) {
        return unreadable(file, problem.get().detail());
      }
      String json = CanonicalJson.of(readers.get().read(source));
      return hash
          ? sha256(json) + "  " + file
          : "{\"file\":" + CanonicalJson.string(file) + ",\"ast\":" + json + "}";
    } catch (IOException | InvalidPathException e) {
      return unreadable(file, "can't be read: " + e.getMessage());
    } catch (ParseTimeout e) {
      return unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  private String unreadable(String file, String reason) {
    String name = CanonicalJson.string(file);
    return hash
        ? "error  " + file
        : "{\"file\":" + name + ",\"error\":" + CanonicalJson.string(reason) + "}";
  }

  private static String sha256(String json) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(json.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
