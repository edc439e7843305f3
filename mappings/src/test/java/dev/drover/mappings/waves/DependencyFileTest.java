package dev.drover.mappings.waves;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.failure.UsageFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependencyFileTest {
  @TempDir Path folder = Path.of("");

  private List<DependencyLink> read(byte[] text) throws IOException {
    return DependencyFile.read(Files.write(folder.resolve("d.csv"), text));
  }

  private List<DependencyLink> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsBothColumnsWhateverSeparatesThem() throws IOException {
    List<DependencyLink> links =
        read("\uFEFFvm,needs\r\nweb,db\r\n\r\n# a remark\r\n\"a, \"\"b\"\"\";c\r\nx\ty\r\n");
    assertEquals(
        List.of("web db", "a, \"b\" c", "x y"),
        links.stream().map(l -> l.vm() + " " + l.need()).toList());
    assertTrue(links.get(1).place().endsWith("d.csv:5"), links.get(1).place());
  }

  @Test
  void aLineThatIsNoneNamesFileAndLine() {
    UsageFailed failure = assertThrows(UsageFailed.class, () -> read("a,b\nc\n"));
    assertTrue(failure.subject().endsWith("d.csv:2"), failure.subject());
  }

  @Test
  void aFileInLatin1OrNoFileIsToldWithItsRemedy() {
    UsageFailed failure =
        assertThrows(
            UsageFailed.class, () -> read("m\u00fcller,b".getBytes(StandardCharsets.ISO_8859_1)));
    assertTrue(failure.what().startsWith("cannot be read as text in UTF-8"), failure.what());
    UsageFailed missing =
        assertThrows(UsageFailed.class, () -> DependencyFile.read(folder.resolve("gone")));
    assertTrue(missing.what().startsWith("there is no such file"), missing.what());
  }
}
