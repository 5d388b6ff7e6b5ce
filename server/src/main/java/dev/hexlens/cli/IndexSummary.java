package dev.hexlens.cli;

import dev.hexlens.index.IndexReport;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a run prints at its end, for people. */
final class IndexSummary {
  private IndexSummary() {}

  static void print(IndexReport report, PrintStream err) {
    err.printf(
        Locale.ROOT,
        "%d indexed (%d files, %.1f MB), %d there already, %d skipped, %d superseded, %d failed in %.1f s%n",
        report.indexed(),
        report.files(),
        report.bytes() / 1e6,
        report.alreadyThere(),
        report.skipped(),
        report.superseded(),
        report.failures().size(),
        report.seconds());
    report.stages().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            stage -> err.printf(Locale.ROOT, "  %-8s %8.1f s%n", stage.getKey(), stage.getValue()));
    skipped(report).forEach((reason, count) -> err.println("skipped " + count + ": " + reason));
    report.failures().stream()
        .sorted(Comparator.comparing(IndexReport.Failure::name))
        .forEach(failure -> err.println("failed  " + failure));
    if (report.stopped()) {
      err.println(
          report.releases().isEmpty()
              ? "stopped by --timeout before the registry was read: give it more time"
              : "stopped by --timeout with "
                  + report.left()
                  + " releases left: the same command goes on with them");
    }
  }

  private static Map<String, Long> skipped(IndexReport report) {
    return report.releases().stream()
        .filter(each -> each.state() == IndexReport.State.SKIPPED)
        .map(each -> String.valueOf(each.reason()))
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }
}
