package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.mappings.failure.Failure;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.UncategorizedSQLException;

class UnexpectedTest {
  @Test
  void aRepositoryThatCannotBeWrittenIsToldInTheWordsOfItsDisk() {
    SQLException closed = new SQLException("closed", new IOException("No space left on device"));
    Failure told =
        Unexpected.explain(
            "vm web",
            "copy",
            new UncategorizedSQLException("PreparedStatementCallback", "update drover_vm", closed));
    String text = String.valueOf(told.getMessage());
    assertTrue(text.contains("No space left on device"), text);
    assertFalse(text.contains("drover_vm"), text);
  }
}
