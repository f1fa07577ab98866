package dev.patchgrad.reports.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

final class WholeFilesTest {
  @TempDir Path folder;

  static boolean hasFullDevice() {
    return Files.exists(Path.of("/dev/full"));
  }

  @Test
  void filesThatBelongTogetherAreWrittenTogetherOrNotAtAll() throws IOException {
    Path first = Files.writeString(folder.resolve("first"), "old");
    Path second = Files.writeString(folder.resolve("second"), "old");
    Map<Path, String> texts = new LinkedHashMap<>();
    texts.put(first, "new");
    texts.put(second, "new");
    // In the way of the second: as on a disk that filled up after the first.
    Path inTheWay = Files.createDirectory(folder.resolve("second.new"));
    Files.writeString(inTheWay.resolve("file"), "");
    assertThatThrownBy(() -> WholeFiles.writeAll(texts))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("second.new");
    assertThat(first).hasContent("old");
    assertThat(second).hasContent("old");
    assertThat(folder.resolve("first.new")).doesNotExist();

    RunFolder.delete(inTheWay);
    WholeFiles.writeAll(texts);
    assertThat(first).hasContent("new");
    assertThat(second).hasContent("new");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("first", "second");
  }

  @Test
  @EnabledIf("hasFullDevice")
  void aFullDiskIsNamedAndLeavesNothing() throws IOException {
    Files.createSymbolicLink(folder.resolve("page.new"), Path.of("/dev/full"));
    assertThatThrownBy(() -> WholeFiles.write(folder.resolve("page"), "text"))
        .isInstanceOf(IOException.class)
        .hasMessage(folder.resolve("page") + ": No space left on device");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @EnabledIf("hasFullDevice")
  void aDeviceIsWrittenToAndNotReplaced() {
    Path device = Path.of("/dev/full");
    assertThatThrownBy(() -> WholeFiles.write(device, "text"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/dev/full: No space left on device");
    assertThat(Files.isRegularFile(device)).isFalse();
  }

  @Test
  void aLinkStaysALinkToTheFileThatIsWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    WholeFiles.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
  }
}
