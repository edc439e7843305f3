package dev.drover.batch.run;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.drover.batch.state.StateDirectory;
import dev.drover.mappings.failure.UsageFailed;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.Isolation;

/**
 * The job repository: Spring Batch on H2 inside the state directory or on PostgreSQL. Spring has
 * four beans here and no annotations to look for, so that it is up in a fraction of a second.
 */
final class JobDatabase implements AutoCloseable {
  /** Statements are short and no step holds a connection; a few serve hundreds of VMs. */
  private static final int CONNECTIONS = 8;

  private final HikariDataSource pool;
  private final @Nullable PlanLock lock;
  private final GenericApplicationContext spring;

  private JobDatabase(
      HikariDataSource pool, @Nullable PlanLock lock, GenericApplicationContext spring) {
    this.pool = pool;
    this.lock = lock;
    this.spring = spring;
  }

  /**
   * Opens it; the caller holds the lock of the state directory.
   *
   * @param url a JDBC URL of PostgreSQL, or null for H2
   * @throws dev.drover.mappings.failure.EnvironmentFailed when it cannot be opened
   */
  static JobDatabase open(StateDirectory state, @Nullable String url) {
    HikariDataSource pool = connect(state, url);
    PlanLock lock = null;
    try {
      lock = url == null ? null : new PlanLock(pool, url);
      BatchTables.create(pool, url == null ? "h2" : "postgresql");
      return new JobDatabase(pool, lock, spring(pool));
    } catch (RuntimeException e) {
      if (lock != null) {
        lock.close();
      }
      pool.close();
      throw DatabaseTrouble.explain(state, url, e);
    }
  }

  private static HikariDataSource connect(StateDirectory state, @Nullable String url) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("drover");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    if (url == null) {
      config.setJdbcUrl(state.embeddedUrl());
      config.setUsername("drover");
      config.setPassword("");
    } else {
      refuseSecretsIn(url);
      config.setJdbcUrl(url);
      config.setUsername(System.getenv("DROVER_DB_USERNAME"));
      config.setPassword(System.getenv("DROVER_DB_PASSWORD"));
      config.addDataSourceProperty("tcpKeepAlive", "true");
      config.addDataSourceProperty("ApplicationName", "drover");
    }
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException | IllegalStateException e) {
      throw DatabaseTrouble.explain(state, url, e);
    }
  }

  static void refuseSecretsIn(String url) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new UsageFailed(
          "the database URL",
          "is not one of PostgreSQL",
          "write it as jdbc:postgresql://HOST:PORT/DATABASE, or leave it out for H2");
    }
    if (url.toLowerCase(Locale.ROOT).contains("password=") || url.contains("@")) {
      throw new UsageFailed(
          "the database URL",
          "holds a password or a user, which others can read on the command line",
          "put them into the environment variables DROVER_DB_USERNAME and DROVER_DB_PASSWORD");
    }
  }

  private static GenericApplicationContext spring(DataSource database) {
    GenericApplicationContext context = new GenericApplicationContext();
    JdbcTransactionManager transactions = new JdbcTransactionManager(database);
    context.registerBean(
        "jobRepository",
        JdbcJobRepositoryFactoryBean.class,
        () -> {
          JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
          factory.setDataSource(database);
          factory.setTransactionManager(transactions);
          // The lock of the run keeps a second launch away; SERIALIZABLE would only make PostgreSQL
          // refuse some of them.
          factory.setIsolationLevelForCreateEnum(Isolation.READ_COMMITTED);
          return factory;
        });
    context.registerBean("jobRegistry", MapJobRegistry.class, MapJobRegistry::new);
    context.registerBean(
        "jobOperator",
        TaskExecutorJobOperator.class,
        () -> {
          TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
          operator.setJobRepository(context.getBean(JobRepository.class));
          operator.setJobRegistry(context.getBean(MapJobRegistry.class));
          operator.setTaskExecutor(new SyncTaskExecutor());
          return operator;
        });
    context.refresh();
    return context;
  }

  /** For the ledgers. */
  DataSource dataSource() {
    return pool;
  }

  /** Spring Batch's own tables. */
  JobRepository repository() {
    return spring.getBean(JobRepository.class);
  }

  /** Runs a job in the thread that asks for it. */
  JobOperator operator() {
    return spring.getBean(JobOperator.class);
  }

  /**
   * Keeps other workers away from a plan until this database is closed. On H2 the state directory's
   * lock has done that.
   */
  void lockPlan(String planKey) {
    if (lock != null) {
      lock.take(planKey);
    }
  }

  @Override
  public void close() {
    spring.close();
    if (lock != null) {
      lock.close();
    }
    pool.close();
  }
}
