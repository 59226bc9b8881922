package dev.ropewalk.testkit.simulation;

import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.testkit.oracle.Oracle;
import dev.ropewalk.testkit.oracle.Violation;
import java.util.List;

/// Sees to it that what is due happens while its process lives, and not just before the run ends: the
/// end of a backoff, the timeout of an execution. For those of attempts see [SimulatedAttempt].
final class Punctuality {

    private final SimulatedProcess process;
    private final Oracle oracle;

    Punctuality(SimulatedProcess process) {
        this.process = process;
        this.oracle = process.world().oracle();
    }

    void published(String id, List<LogEvent> events) {
        for (LogEvent event : events) {
            switch (event) {
                case LogEvent.RetryScheduled e -> wait(id, e.task(), e.due());
                case LogEvent.TaskDelayed e -> wait(id, e.task(), e.due());
                case LogEvent.ExecutionStarted _ -> {
                    timeout(id);
                    oracle.deadlines(id).forEach((task, due) -> deadline(id, task, due));
                }
                case LogEvent.RecoveryInitiated _ -> {
                    timeout(id);
                    oracle.waiting(id).forEach((task, due) -> wait(id, task, due));
                    oracle.deadlines(id).forEach((task, due) -> deadline(id, task, due));
                }
                default -> {}
            }
        }
    }

    private void wait(String id, int task, long due) {
        in(due - process.now(), () -> {
            if (oracle.waiting(id).getOrDefault(task, Long.MAX_VALUE) == due) {
                throw new Violation("I11", "%s: task %d does not go on when it may".formatted(id, task));
            }
        });
    }

    private void deadline(String id, int task, long due) {
        in(due - process.now(), () -> {
            if (!oracle.isStopped(id) && oracle.deadlines(id).containsKey(task)) {
                throw new Violation("I11", "%s: nobody notices that the deadline of %d passed".formatted(id, task));
            }
        });
    }

    private void timeout(String id) {
        long timeout = oracle.timeoutMicros(id);
        if (timeout > 0) {
            in(timeout, () -> {
                if (!oracle.isStopped(id)) {
                    throw new Violation("I11", "%s is not stopped at its timeout".formatted(id));
                }
            });
        }
    }

    private void in(long micros, Runnable check) {
        process.in(Math.max(0, micros) + Simulation.PATIENCE_MICROS, check);
    }
}
