package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.state.StateDirectory;
import dev.drover.batch.state.StatusFile;
import dev.drover.mappings.failure.EnvironmentFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;

/** What the user reads of a state folder that cannot be written any more. */
class DatabaseTroubleTest {
  @TempDir Path folder = Path.of("");

  private String what(SQLException sql, Path state) {
    RuntimeException e = new DataAccessResourceFailureException("no connection", sql);
    return DatabaseTrouble.explain(new StateDirectory(state), null, e).what();
  }

  @Test
  void whyTheDatabaseClosedItselfIsSaid() throws IOException {
    IOException full = new IOException("No space left on device");
    SQLException closed =
        new SQLException("The database has been closed [90098-240]", "90098", 90098, full);
    assertTrue(what(closed, folder).contains("No space left on device"), what(closed, folder));

    SQLException silent = new SQLException("The database has been closed", "90098", 90098);
    assertTrue(what(silent, folder).contains("has been closed"), what(silent, folder));
    Path file = Files.createFile(folder.resolve("file"));
    assertFalse(what(silent, file).contains("has been closed"), what(silent, file));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void aFileThatIsCutOffOrNoDatabaseIsCalledDamaged() throws IOException {
    for (String content : List.of("garbage\n", "H:2,block:0,format:3\n" + " ".repeat(4000))) {
      Files.writeString(folder.resolve("jobs.mv.db"), content);
      EnvironmentFailed damaged =
          assertThrows(
              EnvironmentFailed.class, () -> JobDatabase.open(new StateDirectory(folder), null));
      assertTrue(damaged.what().contains("is damaged"), damaged.what());
      assertTrue(damaged.remedy().contains("take each VM"), damaged.remedy());
    }
  }

  /** With a full disk H2 says of anything that it is an error of its own. */
  @Test
  void whatIsInTheWayOfWritingIsToldBeforeDamage() throws IOException {
    SQLException general = new SQLException("General error", "HY000", 50000);
    assertTrue(what(general, folder).contains("is damaged"), what(general, folder));
    Path file = Files.createFile(folder.resolve("file"));
    assertTrue(what(general, file).contains("cannot be read or written"), what(general, file));
  }

  @Test
  void noStatementOfSqlIsShown() {
    SQLException missing =
        new SQLException("Table \"X\" not found; SQL statement:\nselect 1 [42102]", "42S02", 42102);
    assertTrue(what(missing, folder).endsWith("(Table \"X\" not found)"), what(missing, folder));
  }

  /** The process that took the folder's lock last is this one. */
  @Test
  void whoeverHasTheDatabaseOpenIsNotTakenForThisProcess() {
    StateDirectory state = new StateDirectory(folder);
    try (StateDirectory.Lock lock = state.lock()) {
      String what = what(new SQLException("in use", "90020", 90020), folder);
      assertEquals("another program has this database open", what);
    }
  }

  /** PostgreSQL's driver gives texts without codes, over the failure of the socket. */
  @Test
  void whyTheServerRefusesIsSaid() {
    SQLException refused =
        new SQLException("Connection refused", "08001", new IOException("not there"));
    String url = "jdbc:postgresql://localhost/drover";
    String what =
        DatabaseTrouble.explain(
                new StateDirectory(folder), url, new IllegalStateException("pool", refused))
            .what();
    assertEquals("cannot be used (Connection refused)", what);
  }

  @Test
  void aStatusThatCannotBeWrittenLeavesNothing() throws IOException {
    Path file = folder.resolve("status.json");
    Files.createDirectories(file.resolve("in the way"));
    StatusFile.Status status =
        new StatusFile.Status(
            "run-1", "plan", "plan.yaml", "RUNNING", Instant.EPOCH, Instant.EPOCH, List.of());
    assertThrows(IOException.class, () -> StatusFile.write(file, status));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }
}
