package dev.ropewalk.benchmark;

import dev.ropewalk.scheduling.Assignment;
import dev.ropewalk.scheduling.Scheduler;
import dev.ropewalk.scheduling.SchedulerOptions;
import dev.ropewalk.strategy.SchedulingStrategy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/// S1: what it costs to choose among many ready tasks. A queue is filled; then one task after the
/// other is chosen, runs for a while, ends, and is queued again, so that the queue stays as long as it
/// is; then the queue is emptied.
final class SchedulerWorkload {

    /// How many tasks run at once.
    private static final int RUNNING = 256;

    /// Between two decisions, in microseconds of the scheduler's time.
    private static final long STEP = 100;

    private final SchedulingStrategy strategy;
    private final int queued;
    private final int lanes;
    private final int decisions;

    SchedulerWorkload(SchedulingStrategy strategy, int queued, int lanes, int decisions) {
        this.strategy = strategy;
        this.queued = queued;
        this.lanes = lanes;
        this.decisions = decisions;
    }

    /// What one run measured; times in nanoseconds.
    record Run(double enqueue, double decision, double p50, double p99, double p999) {}

    Run run() {
        PoolGate gate = new PoolGate(lanes, Math.max(4, 4 * RUNNING / lanes));
        Scheduler<QueuedExecution> scheduler = new Scheduler<>(SchedulerOptions.DEFAULT.withStrategy(strategy), gate);
        long start = System.nanoTime();
        long now = fill(scheduler);
        double enqueue = (double) (System.nanoTime() - start) / queued;

        ArrayDeque<Assignment<QueuedExecution>> running = new ArrayDeque<>(RUNNING + 1);
        double[] times = new double[decisions];
        start = System.nanoTime();
        for (int i = 0; i < decisions; i++) {
            now += STEP;
            long before = System.nanoTime();
            Assignment<QueuedExecution> next = scheduler.next(now).orElseThrow();
            times[i] = System.nanoTime() - before;
            running.add(next);
            if (running.size() == RUNNING) {
                end(scheduler, gate, running.remove(), now);
            }
        }
        double decision = (double) (System.nanoTime() - start) / decisions;
        return new Run(
                enqueue,
                decision,
                Samples.percentile(times, 50),
                Samples.percentile(times, 99),
                Samples.percentile(times, 99.9));
    }

    private long fill(Scheduler<QueuedExecution> scheduler) {
        long now = 1_700_000_000_000_000L;
        List<QueuedExecution> executions = new ArrayList<>();
        for (int i = 0; i < queued; i++) {
            if (i % QueuedExecution.TASKS == 0) {
                now += STEP;
                executions.add(new QueuedExecution(now));
            }
            scheduler.add(executions.getLast(), i % QueuedExecution.TASKS, now);
        }
        return now;
    }

    private static void end(
            Scheduler<QueuedExecution> scheduler, PoolGate gate, Assignment<QueuedExecution> ended, long now) {
        QueuedExecution execution = ended.execution();
        execution.ended++;
        gate.giveBack(ended.grant());
        scheduler.released(ended.grant());
        scheduler.roomIn(execution);
        scheduler.add(execution, ended.task(), now);
    }

    /// The same with [PriorityQueue]: what is there, and no more than an order.
    ///
    /// @return nanoseconds a decision, in which one task comes out and one goes in
    static double priorityQueue(int queued, int decisions) {
        record Entry(long key, QueuedExecution execution, int task) implements Comparable<Entry> {
            @Override
            public int compareTo(Entry other) {
                return key == other.key ? Integer.compare(task, other.task) : Long.compare(key, other.key);
            }
        }
        PriorityQueue<Entry> queue = new PriorityQueue<>();
        QueuedExecution execution = new QueuedExecution(0);
        for (int i = 0; i < queued; i++) {
            queue.add(new Entry(i * 7_919L % 1_000_003, execution, i));
        }
        long start = System.nanoTime();
        for (int i = 0; i < decisions; i++) {
            Entry next = queue.remove();
            queue.add(new Entry(next.key() + 1_000_003, next.execution(), next.task()));
        }
        return (double) (System.nanoTime() - start) / decisions;
    }

    /// The medians of several runs.
    List<Figure> figures(Scale scale, double priorityQueue) {
        Samples.warmUp(scale, this::run);
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < scale.runs(); i++) {
            runs.add(run());
        }
        double decision = median(runs.stream().mapToDouble(Run::decision).toArray());
        return List.of(
                figure(
                        "enqueue_per_s",
                        1e9 / median(runs.stream().mapToDouble(Run::enqueue).toArray()),
                        "1/s"),
                figure("dispatch_per_s", 1e9 / decision, "1/s"),
                figure(
                        "decision_p50_us",
                        median(runs.stream().mapToDouble(Run::p50).toArray()) / 1e3,
                        "us"),
                figure(
                        "decision_p99_us",
                        median(runs.stream().mapToDouble(Run::p99).toArray()) / 1e3,
                        "us"),
                figure(
                        "decision_p999_us",
                        median(runs.stream().mapToDouble(Run::p999).toArray()) / 1e3,
                        "us"),
                figure("of_priority_queue", priorityQueue / decision, "x"));
    }

    private static double median(double[] values) {
        return Samples.percentile(values, 50);
    }

    private Figure figure(String metric, double value, String unit) {
        String name = "%s_%s_%s".formatted(strategy.name().toLowerCase(Locale.ROOT), lanes, metric);
        return new Figure("S1", "none", queued, name, value, unit);
    }
}
