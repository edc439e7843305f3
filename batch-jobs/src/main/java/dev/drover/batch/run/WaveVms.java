package dev.drover.batch.run;

import dev.drover.batch.steps.RunContext;
import dev.drover.batch.steps.VmStep;
import dev.drover.mappings.failure.Failure;
import dev.drover.mappings.model.Sha256;
import dev.drover.mappings.plan.VmPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.partition.support.SimpleStepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * The VMs of a wave, each a partition with a step execution of its own, as many at once as the
 * wave's limit says, begun in the order of the plan. Does what Spring Batch's {@code PartitionStep}
 * does, and two things more: a VM that fails is no exception, and a run that is asked to stop
 * begins no further VM.
 */
final class WaveVms extends AbstractStep {
  private static final Logger LOG = LoggerFactory.getLogger(WaveVms.class);

  private final JobRepository repository;
  private final RunContext context;
  private final int atOnce;
  private final Map<String, VmPlan> vms;
  private final List<VmStep> steps;
  private final StatusBoard board;
  private final Consumer<Failure> problem;

  WaveVms(
      JobRepository repository,
      RunContext context,
      int atOnce,
      List<VmPlan> vms,
      List<VmStep> steps,
      StatusBoard board,
      Consumer<Failure> problem) {
    super(repository);
    setName("vms");
    this.repository = repository;
    this.context = context;
    this.atOnce = atOnce;
    this.steps = steps;
    this.board = board;
    this.problem = problem;
    this.vms = new LinkedHashMap<>();
    vms.forEach(vm -> this.vms.put(key(vm), vm));
  }

  /** Spring Batch's column for a step's name takes 100 characters; a reference may be longer. */
  private static String key(VmPlan vm) {
    return Sha256.hex(vm.ref().toString()).substring(0, 16);
  }

  @Override
  protected void doExecute(StepExecution whole) throws JobExecutionException {
    if (vms.isEmpty()) {
      return;
    }
    List<StepExecution> units = split(whole);
    List<FutureTask<StepExecution>> begun = new ArrayList<>();
    try (SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("vm-")) {
      threads.setConcurrencyLimit(atOnce);
      for (StepExecution unit : units) {
        FutureTask<StepExecution> task = new FutureTask<>(unless(unit));
        // Blocks until one of the places is free.
        threads.execute(task);
        begun.add(task);
      }
      boolean all = true;
      for (FutureTask<StepExecution> task : begun) {
        all &= completed(task);
      }
      if (!all) {
        whole.setStatus(BatchStatus.FAILED);
        whole.setExitStatus(ExitStatus.FAILED);
      }
    }
  }

  private List<StepExecution> split(StepExecution whole) throws JobExecutionException {
    Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
    vms.keySet().forEach(key -> partitions.put(key, new ExecutionContext()));
    Set<StepExecution> units =
        new SimpleStepExecutionSplitter(repository, "vm", gridSize -> partitions)
            .split(whole, partitions.size());
    Map<String, Integer> order = new LinkedHashMap<>();
    vms.keySet().forEach(key -> order.put(key, order.size()));
    return units.stream()
        .sorted(Comparator.comparingInt(unit -> order.getOrDefault(keyOf(unit), 0)))
        .toList();
  }

  private static String keyOf(StepExecution unit) {
    return unit.getStepName().substring(unit.getStepName().indexOf(':') + 1);
  }

  private Callable<StepExecution> unless(StepExecution unit) {
    return () -> {
      if (context.progress().cancelled()) {
        return unit;
      }
      VmPlan vm = vms.get(keyOf(unit));
      if (vm == null) {
        throw new IllegalStateException("no VM for " + unit.getStepName());
      }
      VmUnit step = new VmUnit(repository, context, vm, steps, board, problem);
      step.setName(unit.getStepName());
      step.execute(unit);
      return unit;
    };
  }

  private static boolean completed(FutureTask<StepExecution> task) {
    try {
      return task.get().getStatus() == BatchStatus.COMPLETED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      LOG.error("a VM's unit of work ended in a way that Drover did not expect", e.getCause());
      return false;
    }
  }
}
