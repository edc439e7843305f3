package dev.drover.converters.qemu;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.commons.exec.ProcessDestroyer;

/** Kills what Drover started when the JVM goes down, each process with its whole group. */
final class ProcessGroups implements ProcessDestroyer {
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  ProcessGroups() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::killAll, "drover-kill-programs"));
  }

  @Override
  public boolean add(Process process) {
    return running.add(process);
  }

  @Override
  public boolean remove(Process process) {
    return running.remove(process);
  }

  @Override
  public int size() {
    return running.size();
  }

  private void killAll() {
    running.forEach(ProcessGroups::kill);
  }

  /**
   * Kills a process that was started under {@code setsid}, so that its id is its group's. qemu-img
   * has nothing to tidy up that Drover does not remove itself, so the signal is KILL.
   */
  static void kill(Process process) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-KILL", "--", "-" + process.pid())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!kill.waitFor(2, TimeUnit.SECONDS)) {
        kill.destroyForcibly();
      }
    } catch (IOException e) {
      // Without a kill program only the descendants that Java sees are reached.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
