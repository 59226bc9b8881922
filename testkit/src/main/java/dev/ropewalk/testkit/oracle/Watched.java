package dev.ropewalk.testkit.oracle;

import static dev.ropewalk.testkit.oracle.Violation.check;

import dev.ropewalk.execution.Evolution;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.LogEvent;
import java.util.ArrayList;
import java.util.List;

/// One execution under watch: the model of it, everything that happened to it, and a second state that
/// is folded along event by event, to compare the engine's with.
final class Watched {

    final ExecutionModel model;
    final ExecutionRules rules;
    final ExecutionState folded;
    final List<LogEvent> history = new ArrayList<>();
    private final Settled settled;
    private final SharedUse shared;

    Watched(ExecutionModel model, ExecutionRules rules, SharedUse shared) {
        this.shared = shared;
        this.model = model;
        this.rules = rules;
        this.settled = new Settled(model);
        this.folded = new ExecutionState(model.plan);
    }

    /// Takes the next frame.
    void next(long firstSeq, List<LogEvent> events, long epoch) {
        check(firstSeq == model.lastSeq + 1, "I3", "%s: event %d follows %d", model, firstSeq, model.lastSeq);
        for (LogEvent event : events) {
            history.add(event);
            rules.next(event, epoch);
            shared.next(model, event);
            Evolution.evolve(folded, event);
        }
        settled.verify();
        compareWithModel();
    }

    /// That the engine's own view of where everything stands is the model's.
    private void compareWithModel() {
        check(folded.lastSeq() == model.lastSeq, "I3", "%s: %d events, not %d", model, folded.lastSeq(), model.lastSeq);
        check(folded.status() == model.status, "I16", "%s: its state says %s", model, folded.status());
        check(
                folded.runningTasks() == model.running(),
                "I16",
                "%s: %d run, not %d",
                model,
                folded.runningTasks(),
                model.running());
        check(
                folded.taskCount() == model.tasks.size(),
                "I16",
                "%s: %d tasks, not %d",
                model,
                folded.taskCount(),
                model.tasks.size());
        int counted = model.counted(false);
        check(
                folded.countedTasks() == counted,
                "I16",
                "%s: %d tasks count, not %d",
                model,
                folded.countedTasks(),
                counted);
        int completed = model.counted(true);
        check(
                folded.completedTasks() == completed,
                "I16",
                "%s: %d tasks are complete, not %d",
                model,
                folded.completedTasks(),
                completed);
        for (TaskModel task : model.tasks) {
            compareWithModel(task);
        }
    }

    private void compareWithModel(TaskModel task) {
        int index = task.index;
        if (task.isBarrier()) {
            boolean ended = model.predecessors.hasEnded(model, task);
            check(
                    model.stopped() || folded.taskStatus(index).ended() == ended,
                    "I16",
                    "%s: the barrier %s is %s",
                    model,
                    task.path,
                    folded.taskStatus(index));
            return;
        }
        check(
                folded.taskStatus(index) == task.stand.status(),
                "I15",
                "%s: the state of %s says %s",
                model,
                task,
                folded.taskStatus(index));
        boolean same = folded.attempts(index) == task.attempts
                && folded.path(index).equals(task.path)
                && (task.isPattern()
                        || task.stand.ended()
                        || (folded.generation(index) == task.generation
                                && folded.countedFailures(index) == task.failures));
        check(
                same,
                "I15",
                "%s: the state of %s says attempt %d, failures %d, generation %d, path %s; the model %d failures",
                model,
                task,
                folded.attempts(index),
                folded.countedFailures(index),
                folded.generation(index),
                folded.path(index),
                task.failures);
    }

    /// That a state of the engine, if it has come as far, is what the events make of it.
    void compareLive(ExecutionState live) {
        if (live.lastSeq() != folded.lastSeq()) {
            return;
        }
        boolean same = live.status() == folded.status()
                && live.taskCount() == folded.taskCount()
                && live.runningTasks() == folded.runningTasks();
        for (int task = 0; same && task < live.taskCount(); task++) {
            same = live.phase(task) == folded.phase(task)
                    && live.attempts(task) == folded.attempts(task)
                    && live.countedFailures(task) == folded.countedFailures(task)
                    && live.generation(task) == folded.generation(task)
                    && live.due(task) == folded.due(task)
                    && live.queuedAt(task) == folded.queuedAt(task)
                    && live.startedAt(task) == folded.startedAt(task)
                    && live.endedAt(task) == folded.endedAt(task);
        }
        if (!same) {
            compareBits(live);
            throw new Violation("I5", "%s: its live state is not the fold of its events".formatted(model));
        }
    }

    /// The same, bit by bit.
    void compareBits(ExecutionState other) {
        if (other.lastSeq() == folded.lastSeq()) {
            StateComparison.difference(other, folded).ifPresent(difference -> {
                throw new Violation("I5", "%s: not the fold of its events: %s".formatted(model, difference));
            });
        }
    }
}
