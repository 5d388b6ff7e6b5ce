package dev.hexlens.index;

import dev.hexlens.fixtures.FixtureRelease;
import dev.hexlens.fixtures.HexTarball;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Packages in a chain, each importing from the one before: whoever is linked while that one is
 * missing has other rows. Each has a file that all share, one that stays and one that changes.
 */
final class ChainPackages {
  static final int COUNT = 40;

  private ChainPackages() {}

  /** All of them in one version. */
  static HexTarball[] of(String version) {
    return IntStream.range(0, COUNT)
        .mapToObj(i -> {
          String before = i == 0 ? "Enum" : "Chain" + (i - 1);
          HexTarball.Builder tarball =
              HexTarball.of("chain%02d".formatted(i), version)
                  .file("lib/shared.ex", "defmodule Shared do\n  def shared, do: :all\nend\n")
                  .file(
                      "lib/stays.ex",
                      "defmodule Stays%d do\n  def f(x), do: %s.to_list(x)\nend\n"
                          .formatted(i, before))
                  .file(
                      "lib/chain.ex",
                      """
                      defmodule Chain%d do
                        import %s
                        @version "%s"
                        def to_list(x), do: x |> Enum.map(&(&1 + %d)) |> %s.to_list()
                        def version, do: @version
                      end
                      """
                          .formatted(i, before, version, i, before));
          if (i > 0) {
            String name = "chain%02d".formatted(i - 1);
            tarball.requirements(
                List.of(new FixtureRelease.Requirement(name, "~> 1.0", false, name)));
          }
          return tarball.build();
        })
        .toArray(HexTarball[]::new);
  }
}
