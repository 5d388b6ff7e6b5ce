package dev.hexlens.hex;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which of a repository's releases to take. */
public sealed interface ReleaseSelection {

  /** The releases, in the order in which to take them. */
  List<ReleaseId> choose(RegistryVersions registry);

  /**
   * Of each package the highest stable version, else the highest pre-release.
   *
   * @param skipRetired as if retired releases didn't exist
   */
  record Latest(boolean skipRetired) implements ReleaseSelection {
    @Override
    public List<ReleaseId> choose(RegistryVersions registry) {
      return registry.packages().stream()
          .flatMap(each ->
              each.latest(skipRetired).stream().map(version -> new ReleaseId(each.name(), version)))
          .toList();
    }
  }

  /**
   * Every version of every package.
   *
   * @param skipRetired as if retired releases didn't exist
   */
  record All(boolean skipRetired) implements ReleaseSelection {
    @Override
    public List<ReleaseId> choose(RegistryVersions registry) {
      return registry.packages().stream()
          .flatMap(each ->
              each.eligible(skipRetired).stream()
                  .map(version -> new ReleaseId(each.name(), version)))
          .toList();
    }
  }

  /**
   * The latest of the packages with the most downloads.
   *
   * @param ranked the packages, most downloads first; one that the registry doesn't have is passed
   *     over
   * @param limit of releases
   * @param skipRetired as if retired releases didn't exist
   */
  record Top(List<RankedPackage> ranked, int limit, boolean skipRetired)
      implements ReleaseSelection {
    @Override
    public List<ReleaseId> choose(RegistryVersions registry) {
      Map<String, PackageVersions> packages =
          registry.packages().stream()
              .collect(Collectors.toMap(PackageVersions::name, Function.identity()));
      return ranked.stream()
          .map(each -> packages.get(each.name()))
          .filter(Objects::nonNull)
          .flatMap(each ->
              each.latest(skipRetired).stream().map(version -> new ReleaseId(each.name(), version)))
          .limit(limit)
          .toList();
    }
  }

  /**
   * These releases, of those that the registry has.
   *
   * @param versions by package
   */
  record Listed(Map<String, String> versions) implements ReleaseSelection {
    public Listed {
      versions = Map.copyOf(versions);
    }

    @Override
    public List<ReleaseId> choose(RegistryVersions registry) {
      return registry.packages().stream()
          .flatMap(each ->
              each.eligible(false).stream()
                  .filter(version -> version.toString().equals(versions.get(each.name())))
                  .map(version -> new ReleaseId(each.name(), version)))
          .toList();
    }
  }

  /**
   * Exactly these. What the registry doesn't have of them fails one by one.
   *
   * @param releases in the order in which to take them
   */
  record Exactly(List<ReleaseId> releases) implements ReleaseSelection {
    public Exactly {
      releases = List.copyOf(releases);
    }

    @Override
    public List<ReleaseId> choose(RegistryVersions registry) {
      return releases;
    }
  }

  /**
   * The first of what another selection takes.
   *
   * @param limit of releases
   */
  record First(ReleaseSelection selection, int limit) implements ReleaseSelection {
    @Override
    public List<ReleaseId> choose(RegistryVersions registry) {
      return selection.choose(registry).stream().limit(limit).toList();
    }
  }

  /**
   * What another selection takes, and somebody is told of it.
   *
   * @param listener told each time
   */
  record Noted(ReleaseSelection selection, Consumer<List<ReleaseId>> listener)
      implements ReleaseSelection {
    @Override
    public List<ReleaseId> choose(RegistryVersions registry) {
      List<ReleaseId> chosen = selection.choose(registry);
      listener.accept(chosen);
      return chosen;
    }
  }
}
