package dev.ropewalk.testkit.oracle;

import dev.ropewalk.execution.SkipReason;
import dev.ropewalk.plan.EdgeKind;
import dev.ropewalk.plan.ExecutionPlan;
import java.util.ArrayList;
import java.util.List;

/// What the edges of a plan mean, told naively: each question is answered from the edges and from
/// where their origins stand now, nothing is counted or remembered.
final class Predecessors {

    private record Edge(int from, EdgeKind kind, long lag) {}

    private final List<List<Edge>> incoming = new ArrayList<>();

    Predecessors(ExecutionPlan plan) {
        for (int task = 0; task < plan.taskCount(); task++) {
            incoming.add(new ArrayList<>());
        }
        for (int from = 0; from < plan.taskCount(); from++) {
            for (int k = 0; k < plan.successorCount(from); k++) {
                incoming.get(plan.successor(from, k))
                        .add(new Edge(from, plan.edgeKind(from, k), plan.lagMicros(from, k)));
            }
        }
    }

    /// @param endToo whether what holds the completion and will never let it go counts as well
    Verdict of(ExecutionModel execution, TaskModel task, boolean endToo) {
        Verdict.Skip skip = Verdict.Skip.none();
        for (Edge edge : incoming.get(task.definition.index())) {
            TaskModel from = execution.origin(edge.from(), task);
            boolean through = isThrough(execution, from, task, edge.kind());
            if (edge.kind().holdsEnd()) {
                if (endToo && through) {
                    judge(execution, from, task, edge.kind(), skip);
                }
            } else if (through) {
                judge(execution, from, task, edge.kind(), skip);
            } else {
                return new Verdict.Wait(edge.kind() + " of " + from);
            }
        }
        return skip.reasons().isEmpty() ? new Verdict.Run() : skip;
    }

    /// Of the completion of a task that has its result.
    Verdict ofEnd(ExecutionModel execution, TaskModel task) {
        Verdict.Skip skip = Verdict.Skip.none();
        for (Edge edge : incoming.get(task.definition.index())) {
            if (!edge.kind().holdsEnd()) {
                continue;
            }
            TaskModel from = execution.origin(edge.from(), task);
            if (!isThrough(execution, from, task, edge.kind())) {
                return new Verdict.Wait(edge.kind() + " of " + from);
            }
            judge(execution, from, task, edge.kind(), skip);
        }
        return skip.reasons().isEmpty() ? new Verdict.Run() : skip;
    }

    /// When the lags have passed after what the task waits for, with its start or with its completion. All
    /// of that has happened.
    long lagsPassed(ExecutionModel execution, TaskModel task, boolean end) {
        long passed = 0;
        for (Edge edge : incoming.get(task.definition.index())) {
            if (edge.lag() > 0 && edge.kind().holdsEnd() == end) {
                TaskModel from = execution.origin(edge.from(), task);
                passed = Math.max(passed, saidAt(execution, from, task, edge.kind()) + edge.lag());
            }
        }
        return passed;
    }

    private long saidAt(ExecutionModel execution, TaskModel from, TaskModel to, EdgeKind kind) {
        if (kind.asksForStart()) {
            return execution.starts.of(from, to).at();
        }
        if (from.isBarrier()) {
            return endOf(execution, from);
        }
        if (kind == EdgeKind.ORDER || kind == EdgeKind.FALLBACK) {
            return from.endedAt;
        }
        long last = from.endedAt;
        for (TaskModel at = from; at.stand.failed() && at.owner == null && at.definition.fallback() >= 0; ) {
            at = execution.tasks.get(at.definition.fallback());
            last = Math.max(last, at.endedAt);
        }
        return last;
    }

    /// When a barrier ended, which it has: with the last of what it waits for, or after a lag.
    private long endOf(ExecutionModel execution, TaskModel barrier) {
        if (barrier.isStartBarrier()) {
            return execution.starts.firstTo(barrier).orElse(execution.startedAt);
        }
        if (barrier.stand == Stand.COMPLETED) {
            return barrier.endedAt;
        }
        long last = execution.startedAt;
        for (Edge edge : incoming.get(barrier.index)) {
            TaskModel from = execution.tasks.get(edge.from());
            last = Math.max(last, from.isBarrier() ? endOf(execution, from) : from.endedAt);
        }
        return last;
    }

    /// The task has started for the first time in this generation, or has ended without having started.
    void started(ExecutionModel execution, TaskModel task, long at) {
        int never = -1;
        if (!task.started && task.stand.failed()) {
            never = task.index;
        } else if (!task.started && task.skippedBecauseOfFailure()) {
            never = task.skipCause;
        }
        for (int to = 0; to < incoming.size(); to++) {
            for (Edge edge : incoming.get(to)) {
                if (edge.from() == task.definition.index() && edge.kind().asksForStart()) {
                    execution.starts.say(task, execution.origin(to, task), at, never);
                }
            }
        }
    }

    /// Whether the origin has said all that the edge asks. A failed task with a fallback speaks through
    /// that, except to the fallback itself and to those who only wait for an end.
    private boolean isThrough(ExecutionModel execution, TaskModel from, TaskModel to, EdgeKind kind) {
        if (kind.asksForStart()) {
            return execution.starts.isSaid(from, to);
        }
        if (!hasEnded(execution, from)) {
            return false;
        }
        if (kind == EdgeKind.ORDER || kind == EdgeKind.FALLBACK) {
            return true;
        }
        TaskModel at = from;
        while (at.stand.failed() && at.owner == null && at.definition.fallback() >= 0) {
            at = execution.tasks.get(at.definition.fallback());
            if (!hasEnded(execution, at)) {
                return false;
            }
            if (skippedWithoutTrying(at)) {
                return true;
            }
        }
        return true;
    }

    /// A barrier has no events: it has ended when all that leads to it has.
    boolean hasEnded(ExecutionModel execution, TaskModel task) {
        if (!task.isBarrier()) {
            return task.stand.ended();
        }
        if (execution.startedAt == 0) {
            return false;
        }
        if (task.isStartBarrier()) {
            return incoming.get(task.index).isEmpty()
                    || execution.starts.firstTo(task).isPresent();
        }
        for (Edge edge : incoming.get(task.index)) {
            if (!hasEnded(execution, execution.tasks.get(edge.from()))) {
                return false;
            }
        }
        return task.stand == Stand.COMPLETED || lagsPassed(execution, task, false) <= endOf(execution, task);
    }

    /// Who speaks for a task: itself, or what stood in for it.
    static TaskModel standIn(ExecutionModel execution, TaskModel task) {
        TaskModel at = task;
        while (at.stand.failed() && at.owner == null && at.definition.fallback() >= 0) {
            TaskModel fallback = execution.tasks.get(at.definition.fallback());
            if (skippedWithoutTrying(fallback)) {
                return at;
            }
            at = fallback;
        }
        return at;
    }

    /// Then it made up for nothing. One that was tried, failed and is tolerated does.
    private static boolean skippedWithoutTrying(TaskModel fallback) {
        return fallback.stand == Stand.SKIPPED && fallback.skip != SkipReason.FAILURE_TOLERATED;
    }

    private static void judge(
            ExecutionModel execution, TaskModel from, TaskModel to, EdgeKind kind, Verdict.Skip skip) {
        if (kind.asksForStart()) {
            int never = execution.starts.of(from, to).never();
            if (never >= 0 && !to.isBarrier()) {
                skip.reasons().add(SkipReason.UPSTREAM_FAILED);
                skip.causes().add(never);
            }
            return;
        }
        TaskModel speaker = standIn(execution, from);
        switch (kind) {
            case ORDER -> {}
            case FALLBACK -> {
                if (!from.stand.failed()) {
                    skip.reasons().add(SkipReason.NOT_NEEDED);
                }
            }
            case SUCCESS, FINISH_TO_FINISH, START_TO_START, START_TO_FINISH -> blameFailure(speaker, skip);
            case GATE -> {
                if (!blameFailure(speaker, skip) && speaker.stand == Stand.SKIPPED) {
                    skip.reasons().add(execution.skipReason(speaker));
                }
            }
            case CHOICE -> {
                if (speaker.skippedBecauseOfFailure()) {
                    blameFailure(speaker, skip);
                } else if (speaker.stand != Stand.SKIPPED || speaker.skip != SkipReason.WHEN_FALSE) {
                    skip.reasons().add(SkipReason.NOT_CHOSEN);
                }
            }
        }
    }

    private static boolean blameFailure(TaskModel speaker, Verdict.Skip skip) {
        if (speaker.stand.failed()) {
            skip.reasons().add(SkipReason.UPSTREAM_FAILED);
            skip.causes().add(speaker.index);
            return true;
        }
        if (speaker.skippedBecauseOfFailure()) {
            skip.reasons().add(SkipReason.UPSTREAM_FAILED);
            skip.causes().add(speaker.skipCause);
            return true;
        }
        return false;
    }
}
