package dev.hexlens.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.DatabaseConfig.Place;
import dev.hexlens.store.postgres.DatabaseStatus;
import dev.hexlens.store.postgres.EmbeddedPostgres;
import dev.hexlens.store.postgres.PrefixContents;
import dev.hexlens.store.postgres.PrefixStatus;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hexlens db}: the database server itself, apart from what is in it. */
@Command(
    name = "db",
    description = "See, start and stop the database.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(status | start | stop | url)")
final class DbCommand implements Runnable {

  private final Console console;
  private final Map<String, String> environment;

  DbCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  @Override
  public void run() {
    throw new CommandFailure("Name what to do: hexlens db status, start, stop or url");
  }

  @Command(
      description = "Show the server, where it is, its size, and what its prefixes hold.",
      mixinStandardHelpOptions = true)
  int status(
      @Option(names = "--json", description = "Print one JSON object instead.") boolean json) {
    DatabaseStatus status = DatabaseStatus.of(DatabaseConfig.placeFrom(environment));
    if (json) {
      console.out().println(json(status));
    } else {
      print(status, console.out());
    }
    return ExitCode.FOUND;
  }

  @Command(
      description =
          "Start the embedded server, and keep it running until db stop. Other commands start it"
              + " by themselves, and the last one out stops it.",
      mixinStandardHelpOptions = true)
  int start() {
    var url = EmbeddedPostgres.start(home("started"), console.err()::println);
    console.err().println("The database runs at " + url.withoutPassword());
    return ExitCode.FOUND;
  }

  @Command(description = "Stop the embedded server.", mixinStandardHelpOptions = true)
  int stop(
      @Option(names = "--force", description = "Also while HexLens processes use it.")
          boolean force) {
    boolean ran = EmbeddedPostgres.stop(home("stopped"), force, console.err()::println);
    console.err().println(ran ? "The database is stopped" : "The database wasn't running");
    return ExitCode.FOUND;
  }

  @Command(
      description = "Print the URL with the password, as psql takes it.",
      mixinStandardHelpOptions = true)
  int url() {
    String url =
        switch (DatabaseConfig.placeFrom(environment)) {
          case Place.ByUrl byUrl -> byUrl.url().withPassword();
          case Place.Embedded embedded ->
              EmbeddedPostgres.find(embedded.home())
                  .orElseThrow(() ->
                      new CommandFailure(
                          "The database isn't running: start it with hexlens db start"))
                  .withPassword();
        };
    console.out().println(url);
    return ExitCode.FOUND;
  }

  private Path home(String done) {
    return switch (DatabaseConfig.placeFrom(environment)) {
      case Place.Embedded embedded -> embedded.home();
      case Place.ByUrl byUrl ->
          throw new CommandFailure(
              "%s names a server (%s) that isn't %s by HexLens: unset it for the embedded one"
                  .formatted(DatabaseConfig.URL_VARIABLE, byUrl.url().withoutPassword(), done));
    };
  }

  private static void print(DatabaseStatus status, PrintStream out) {
    DatabaseStatus.Running running = status.running();
    DatabaseStatus.Embedded embedded = status.embedded();
    out.println("server    " + server(status));
    if (running != null) {
      out.println("url       " + running.url());
    }
    if (embedded != null) {
      out.println("folder    " + embedded.data() + "  " + size(embedded.bytes()));
    }
    if (running == null) {
      out.println("prefixes  shown while it runs");
      return;
    }
    out.println("database  " + size(running.bytes()));
    String label = "prefixes  ";
    for (PrefixStatus prefix : running.prefixes()) {
      String schema = prefix.schemaVersion().isEmpty() ? "none" : prefix.schemaVersion();
      out.println(label + prefix.name() + "  schema " + schema + "  " + size(prefix.bytes()));
      label = " ".repeat(label.length());
      PrefixContents contents = prefix.contents();
      if (contents != null) {
        print(contents, label + "  ", out);
      }
    }
    if (running.prefixes().isEmpty()) {
      out.println(label + "none");
    }
  }

  private static void print(PrefixContents contents, String indent, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s%,d packages, %,d releases, %,d files with %s of source%n",
        indent,
        contents.packages(),
        contents.releases(),
        contents.files(),
        size(contents.sourceBytes()));
    out.printf(
        Locale.ROOT,
        "%s%,d files seen: %,d parsed, %,d with errors, %,d as text only, %,d skipped%n",
        indent,
        contents.seen(),
        contents.parsed(),
        contents.withErrors(),
        contents.textOnly(),
        contents.skippedFiles());
    contents
        .skipped()
        .forEach((reason, count) ->
            out.printf(Locale.ROOT, "%s  %,d skipped: %s%n", indent, count, reason));
    if (contents.withoutSources() > 0) {
      out.printf(
          Locale.ROOT,
          "%s%,d releases without Elixir or Erlang sources%n",
          indent,
          contents.withoutSources());
    }
  }

  private static String server(DatabaseStatus status) {
    var words = new ArrayList<String>();
    DatabaseStatus.Running running = status.running();
    DatabaseStatus.Embedded embedded = status.embedded();
    words.add(running == null ? "PostgreSQL" : "PostgreSQL " + running.version());
    if (embedded != null) {
      words.add("embedded");
      Optional<Long> process = embedded.pid();
      words.add(process.map(pid -> "running as process " + pid).orElse("stopped"));
      if (process.isPresent()) {
        words.add(embedded.used() ? "in use" : "not in use");
      }
      if (embedded.kept()) {
        words.add("kept until db stop");
      }
    }
    return String.join(", ", words);
  }

  private static JsonObject json(DatabaseStatus status) {
    var json = new JsonObject();
    DatabaseStatus.Running running = status.running();
    DatabaseStatus.Embedded embedded = status.embedded();
    json.addProperty("embedded", embedded != null);
    json.addProperty("running", running != null);
    if (embedded != null) {
      json.addProperty("folder", embedded.data().toString());
      json.addProperty("folder_bytes", embedded.bytes());
      embedded.pid().ifPresent(pid -> json.addProperty("pid", pid));
      json.addProperty("in_use", embedded.used());
      json.addProperty("kept", embedded.kept());
    }
    if (running != null) {
      json.addProperty("version", running.version());
      json.addProperty("url", running.url());
      json.addProperty("bytes", running.bytes());
      json.addProperty(
          "source_bytes",
          running.prefixes().stream()
              .map(PrefixStatus::contents)
              .filter(Objects::nonNull)
              .mapToLong(PrefixContents::sourceBytes)
              .sum());
      json.add("prefixes", prefixes(running.prefixes()));
    }
    return json;
  }

  private static JsonArray prefixes(List<PrefixStatus> prefixes) {
    var json = new JsonArray();
    for (PrefixStatus prefix : prefixes) {
      var each = new JsonObject();
      each.addProperty("name", prefix.name());
      each.addProperty("schema", prefix.schemaVersion());
      each.addProperty("bytes", prefix.bytes());
      PrefixContents contents = prefix.contents();
      if (contents != null) {
        add(contents, each);
      }
      json.add(each);
    }
    return json;
  }

  private static void add(PrefixContents contents, JsonObject json) {
    json.addProperty("source_bytes", contents.sourceBytes());
    json.addProperty("distinct_source_bytes", contents.distinctBytes());
    json.addProperty("packages", contents.packages());
    json.addProperty("releases", contents.releases());
    json.addProperty("files", contents.files());
    json.addProperty("releases_without_sources", contents.withoutSources());
    var coverage = new JsonObject();
    coverage.addProperty("seen", contents.seen());
    coverage.addProperty("parsed", contents.parsed());
    coverage.addProperty("with_errors", contents.withErrors());
    coverage.addProperty("text_only", contents.textOnly());
    coverage.addProperty("skipped", contents.skippedFiles());
    var reasons = new JsonObject();
    contents.skipped().forEach(reasons::addProperty);
    coverage.add("skipped_because", reasons);
    json.add("coverage", coverage);
  }

  /** Bytes for people, in powers of ten. */
  private static String size(long bytes) {
    double value = bytes;
    String unit = "bytes";
    for (String larger : List.of("kB", "MB", "GB", "TB")) {
      if (value < 1000) {
        break;
      }
      value /= 1000;
      unit = larger;
    }
    return String.format(Locale.ROOT, unit.equals("bytes") ? "%.0f %s" : "%.1f %s", value, unit);
  }
}
