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
                case LogEvent.RetryScheduled e -> backoff(id, e.task(), e.due());
                case LogEvent.ExecutionStarted _ -> timeout(id);
                case LogEvent.RecoveryInitiated _ -> {
                    timeout(id);
                    oracle.backingOff(id).forEach((task, due) -> backoff(id, task, due));
                }
                default -> {}
            }
        }
    }

    private void backoff(String id, int task, long due) {
        in(due - process.now(), () -> {
            if (oracle.backingOff(id).getOrDefault(task, Long.MAX_VALUE) == due) {
                throw new Violation("I11", "%s: the backoff of task %d does not end".formatted(id, task));
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
