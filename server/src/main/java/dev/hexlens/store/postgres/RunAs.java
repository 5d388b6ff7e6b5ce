package dev.hexlens.store.postgres;

import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * How PostgreSQL's programs are run, which refuse to run as root.
 *
 * @param how for messages
 * @param before the words before the program's
 * @param oneWord whether what follows must be one word for a shell, as {@code su -c} has it
 * @param account whose the files are that the programs make; null for this process' own
 */
record RunAs(String how, List<String> before, boolean oneWord, @Nullable Account account) {

  /** As the user who runs HexLens. */
  static final RunAs DIRECT = new RunAs("directly", List.of(), false, null);

  /**
   * In a user namespace without a mapping the process looks to itself as an ordinary user (65534),
   * while the kernel still takes it for root where it opens files: folders may be as closed as root
   * likes. Containers often forbid it, and some systems do.
   */
  private static final RunAs NAMESPACE =
      new RunAs("unshare -U", List.of("unshare", "-U"), false, Account.ROOT);

  /** Users who exist for such a purpose; the folder's path must let them in. */
  private static final List<String> USERS = List.of("postgres", "nobody");

  /**
   * Finds the way: directly for an ordinary user. For root a namespace, since it needs no other
   * user; then another user by setpriv (changes user and execs, nothing else), runuser (the same
   * through PAM), su (there on the smallest systems). A way counts only after the very program has
   * run that way. A data folder that already belongs to another user stays with that user.
   *
   * @param me who runs HexLens
   * @param postgres the program to try out
   * @param dataOwner whose the data folder is, null where there is none yet
   * @throws DatabaseException of kind {@link Kind#NO_PERMISSION} if none works
   */
  static RunAs choose(Account me, Binaries postgres, @Nullable Account dataOwner) {
    if (!me.isRoot()) {
      return DIRECT;
    }
    var refusals = new StringJoiner("; ");
    if (dataOwner != null && !dataOwner.isRoot()) {
      Optional<RunAs> asBefore = firstThatWorks(waysAs(dataOwner), postgres, refusals);
      if (asBefore.isPresent()) {
        return asBefore.get();
      }
    }
    Optional<RunAs> namespace = firstThatWorks(List.of(NAMESPACE), postgres, refusals);
    if (namespace.isPresent()) {
      return namespace.get();
    }
    for (String user : USERS) {
      Optional<Account> account = lookUp(user, postgres.folder());
      List<RunAs> ways = account.map(found -> waysAs(user, found)).orElse(List.of());
      Optional<RunAs> way = firstThatWorks(ways, postgres, refusals);
      if (way.isPresent()) {
        return way.get();
      }
    }
    throw new DatabaseException(
        Kind.NO_PERMISSION,
        "PostgreSQL refuses to run as root, and no other way works ("
            + refusals
            + "): run HexLens as an ordinary user, or set "
            + HexLensHome.VARIABLE
            + " to a folder that other users can enter, such as /var/lib/hexlens");
  }

  /** The whole command. */
  List<String> command(List<String> program) {
    var command = new ArrayList<>(before);
    if (oneWord) {
      command.add(String.join(" ", program.stream().map(RunAs::quoted).toList()));
    } else {
      command.addAll(program);
    }
    return command;
  }

  static List<RunAs> waysAs(Account account) {
    String uid = "--reuid=" + account.uid();
    String gid = "--regid=" + account.gid();
    return List.of(
        new RunAs(
            "setpriv to user " + account.uid(),
            List.of("setpriv", uid, gid, "--clear-groups"),
            false,
            account));
  }

  static List<RunAs> waysAs(String user, Account account) {
    var ways = new ArrayList<>(waysAs(account));
    ways.add(new RunAs("runuser to " + user, List.of("runuser", "-u", user, "--"), false, account));
    ways.add(new RunAs("su to " + user, List.of("su", "-s", "/bin/sh", user, "-c"), true, account));
    return ways;
  }

  private static Optional<RunAs> firstThatWorks(
      List<RunAs> ways, Binaries postgres, StringJoiner refusals) {
    var trial =
        List.of(
            "sh",
            "-c",
            "test \"$(id -u)\" != 0 && exec \"$0\" --version",
            postgres.program("postgres"));
    for (RunAs way : ways) {
      ChildProcess tried = ChildProcess.run(postgres.folder(), way.command(trial));
      if (tried.succeeded()) {
        return Optional.of(way);
      }
      refusals.add(way.how + ": " + Diagnosis.oneLine(tried.output()));
    }
    return Optional.empty();
  }

  private static Optional<Account> lookUp(String user, Path folder) {
    ChildProcess uid = ChildProcess.run(folder, List.of("id", "-u", user));
    ChildProcess gid = ChildProcess.run(folder, List.of("id", "-g", user));
    return uid.succeeded() && gid.succeeded()
        ? Optional.of(new Account(Long.parseLong(uid.output()), Long.parseLong(gid.output())))
        : Optional.empty();
  }

  /** A word that a POSIX shell takes as it is. */
  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
