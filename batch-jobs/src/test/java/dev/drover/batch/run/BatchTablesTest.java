package dev.drover.batch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drover.batch.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class BatchTablesTest {
  private static final int VMS = 200;

  @TempDir Path folder = Path.of(".");

  /** H2 commits each table by itself. */
  @Test
  void tablesOfAProcessThatWasKilledBetweenTwoOfThemAreMadeWhole() throws IOException {
    String script =
        new ClassPathResource("org/springframework/batch/core/schema-h2.sql")
            .getContentAsString(StandardCharsets.UTF_8);
    List<String> statements =
        Arrays.stream(script.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    for (int made = 0; made <= statements.size(); made++) {
      DataSource database =
          new DriverManagerDataSource("jdbc:h2:mem:made" + made + ";DB_CLOSE_DELAY=-1");
      JdbcTemplate jdbc = new JdbcTemplate(database);
      statements.subList(0, made).forEach(jdbc::execute);
      BatchTables.create(database, "h2");
      jdbc.update("insert into BATCH_JOB_INSTANCE values (1, 0, 'wave', 'key')");
      BatchTables.create(database, "h2");
      assertEquals(1, jdbc.queryForObject("select count(*) from BATCH_JOB_INSTANCE", int.class));
      for (String sequence : List.of("JOB_INSTANCE", "JOB_EXECUTION", "STEP_EXECUTION")) {
        jdbc.queryForObject("select next value for BATCH_" + sequence + "_SEQ", long.class);
      }
      jdbc.execute("shutdown");
    }
  }

  /** Spring Batch asks it for each VM before it begins; over all VMs that must stay linear. */
  @Test
  void theQuestionForAVmsEarlierExecutionDoesNotReadAllVms() {
    World world = new World(folder);
    World.write(world.plan(), "diskBytes=0\nvms=" + VMS);
    assertEquals("DONE", world.run().state());
    try (JobDatabase database =
        JobDatabase.open(new StateDirectory(folder.resolve("state")), null)) {
      JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
      String name =
          jdbc.queryForObject(
              "select min(STEP_NAME) from BATCH_STEP_EXECUTION where STEP_NAME like 'vm:%'",
              String.class);
      // As org.springframework.batch.core.repository.dao.jdbc.JdbcStepExecutionDao asks it.
      String plan =
          jdbc.queryForObject(
              "explain analyze select SE.STEP_EXECUTION_ID from BATCH_JOB_EXECUTION JE join"
                  + " BATCH_STEP_EXECUTION SE on SE.JOB_EXECUTION_ID = JE.JOB_EXECUTION_ID"
                  + " where JE.JOB_INSTANCE_ID = 1 and SE.STEP_NAME = '"
                  + name
                  + "'",
              String.class);
      Matcher scans = Pattern.compile("scanCount: (\\d+)").matcher(String.valueOf(plan));
      int read = 0;
      while (scans.find()) {
        read += Integer.parseInt(scans.group(1));
      }
      assertTrue(read > 0 && read < VMS / 4, plan);
    }
  }
}
