package dev.drover.batch.run;

import dev.drover.batch.steps.Cancelled;
import dev.drover.batch.steps.HookCaller;
import dev.drover.mappings.failure.EnvironmentFailed;
import dev.drover.mappings.plan.CredentialsRef;
import dev.drover.mappings.plan.Hooks;
import dev.drover.mappings.plan.MigrationPlan;
import dev.drover.mappings.progress.Progress;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the user's programs: no shell in between, nothing on standard input, output into the log, a
 * process group of their own that is ended when the time is over. Drover's secrets are taken out of
 * their environment.
 */
final class HookRunner implements HookCaller {
  private static final Logger LOG = LoggerFactory.getLogger(HookRunner.class);

  /** Bytes of output that all calls together put into the log. */
  private static final long LONGEST_OUTPUT = 64 * HookProcess.LONGEST_OUTPUT;

  private final AtomicLong leftToLog = new AtomicLong(LONGEST_OUTPUT);
  private final Set<String> secrets;
  private final Progress progress;

  HookRunner(MigrationPlan plan, Progress progress) {
    this.secrets = secretsOf(plan);
    this.progress = progress;
  }

  /** Names of environment variables that hold what Drover alone needs. */
  private static Set<String> secretsOf(MigrationPlan plan) {
    Set<String> names = new HashSet<>(Set.of("DROVER_DB_USERNAME", "DROVER_DB_PASSWORD"));
    plan.sources()
        .forEach(
            source -> {
              if (source.credentials() instanceof CredentialsRef.Env env) {
                names.add(env.prefix() + "_USERNAME");
                names.add(env.prefix() + "_PASSWORD");
              }
            });
    return names;
  }

  @Override
  public void run(String point, List<Hooks.Hook> hooks, Map<String, String> environment) {
    for (Hooks.Hook hook : hooks) {
      one(point, hook, environment);
    }
  }

  private void one(String point, Hooks.Hook hook, Map<String, String> facts) {
    String subject = "hook " + point + " \"" + hook.argv().get(0) + "\"";
    LOG.info("{}: {}", point, hook.argv());
    try (HookProcess process = HookProcess.start(hook.argv(), environment(facts), leftToLog)) {
      HookProcess.End end = process.await(hook.timeout(), progress::cancelled);
      switch (end) {
        case CANCELLED:
          throw new Cancelled(subject);
        case TIMED_OUT:
          throw new EnvironmentFailed(
              subject,
              "was not done after "
                  + hook.timeout().toSeconds()
                  + " s and was ended"
                  + said(process),
              "see what it waits for, then run \"drover resume\"; or give it more time in the plan,"
                  + " then run \"drover run PLAN\"");
        case ENDED:
        default:
          refuseFailure(subject, process);
      }
    } catch (IOException e) {
      throw new EnvironmentFailed(
          subject,
          "cannot be started (" + e.getMessage() + ")",
          "see that the program is there and may be run; then run \"drover resume\"");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled(subject);
    }
  }

  private static void refuseFailure(String subject, HookProcess process) throws IOException {
    if (process.neverStarted()) {
      throw new IOException(process.lastLines());
    }
    if (process.exitCode() != 0) {
      throw new EnvironmentFailed(
          subject,
          "ended with exit code " + process.exitCode() + said(process),
          "mend what it says, then run \"drover resume\"");
    }
  }

  private static String said(HookProcess process) {
    String last = process.lastLines();
    return last.isEmpty() ? "" : "; its last words: " + last;
  }

  private Map<String, String> environment(Map<String, String> facts) {
    Map<String, String> all = without(System.getenv());
    all.putAll(facts);
    return all;
  }

  /** The same environment, and none of Drover's secrets. */
  Map<String, String> without(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.keySet().removeAll(secrets);
    return all;
  }
}
