package dev.drover.batch.run;

import dev.drover.batch.ledger.Ledger;
import dev.drover.batch.state.StateDirectory;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The ledger of earlier runs for a command that only looks: no lock, no table, no file is made. */
final class EarlierRuns {
  private static final Logger LOG = LoggerFactory.getLogger(EarlierRuns.class);

  private EarlierRuns() {}

  /**
   * Empty where nothing ran here, or where it cannot be read now, since a run is at work.
   *
   * @param planKey of the plan
   */
  static Optional<Ledger> of(
      StateDirectory state, RunRequest.Repository repository, String planKey) {
    Optional<DriverManagerDataSource> database = database(state, repository);
    if (database.isEmpty()) {
      return Optional.empty();
    }
    Ledger ledger = Ledger.reading(database.get(), planKey);
    try {
      ledger.vms();
      return Optional.of(ledger);
    } catch (DataAccessException e) {
      LOG.warn(
          "what was moved before cannot be looked up{}",
          state.busy()
              ? ", since a run is at work" + state.holder()
              : ": " + e.getMostSpecificCause().toString().lines().findFirst().orElse(""));
      return Optional.empty();
    }
  }

  private static Optional<DriverManagerDataSource> database(
      StateDirectory state, RunRequest.Repository repository) {
    String url = repository.databaseUrl();
    if (url == null) {
      return state
          .embeddedUrlToRead()
          .map(embedded -> new DriverManagerDataSource(embedded, "drover", ""));
    }
    JobDatabase.refuseSecretsIn(url);
    DriverManagerDataSource database = new DriverManagerDataSource(url);
    database.setUsername(System.getenv("DROVER_DB_USERNAME"));
    database.setPassword(System.getenv("DROVER_DB_PASSWORD"));
    return Optional.of(database);
  }
}
