package dev.hexlens.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrisTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "lib/plain.ex",
        "lib/two words.ex",
        "lib/100%.ex",
        "lib/a#b?c.ex",
        "lib/[x]{y}^`|\"<>\\.ex",
        "lib/!$&'()*+,;=:@-_~.ex",
        "lib/żółw/日本.ex"
      })
  void aFilesUriIsTheOneThatItsPathMakes(String path) {
    Path folder = Path.of("/srv/a project");

    assertThat(Uris.of(Uris.of(folder), path)).isEqualTo(Uris.of(folder.resolve(path)));
    assertThat(Uris.path(Uris.of(Uris.of(folder), path))).isEqualTo(folder.resolve(path));
  }
}
