package dev.ropewalk.testkit.oracle;

import dev.ropewalk.execution.SkipReason;
import dev.ropewalk.plan.EdgeKind;
import dev.ropewalk.plan.ExecutionPlan;
import java.util.ArrayList;
import java.util.List;

/// What the edges of a plan mean, told naively: each question is answered from the edges and from
/// where their origins stand now, nothing is counted or remembered.
final class Predecessors {

    private record Edge(int from, EdgeKind kind) {}

    private final List<List<Edge>> incoming = new ArrayList<>();

    Predecessors(ExecutionPlan plan) {
        for (int task = 0; task < plan.taskCount(); task++) {
            incoming.add(new ArrayList<>());
        }
        for (int from = 0; from < plan.taskCount(); from++) {
            for (int k = 0; k < plan.successorCount(from); k++) {
                incoming.get(plan.successor(from, k)).add(new Edge(from, plan.edgeKind(from, k)));
            }
        }
    }

    Verdict of(ExecutionModel execution, TaskModel task) {
        Verdict.Skip skip = Verdict.Skip.none();
        for (Edge edge : incoming.get(task.definition.index())) {
            TaskModel from = execution.origin(edge.from(), task);
            if (!isThrough(execution, from, edge.kind())) {
                return new Verdict.Wait(edge.kind() + " of " + from);
            }
            judge(execution, from, edge.kind(), skip);
        }
        return skip.reasons().isEmpty() ? new Verdict.Run() : skip;
    }

    /// Whether the origin has said all that the edge asks. A failed task with a fallback speaks through
    /// that, except to the fallback itself and to those who only wait for an end.
    private boolean isThrough(ExecutionModel execution, TaskModel from, EdgeKind kind) {
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
        for (Edge edge : incoming.get(task.index)) {
            if (!hasEnded(execution, execution.tasks.get(edge.from()))) {
                return false;
            }
        }
        return true;
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

    private static void judge(ExecutionModel execution, TaskModel from, EdgeKind kind, Verdict.Skip skip) {
        TaskModel speaker = standIn(execution, from);
        switch (kind) {
            case ORDER -> {}
            case FALLBACK -> {
                if (!from.stand.failed()) {
                    skip.reasons().add(SkipReason.NOT_NEEDED);
                }
            }
            case START_TO_START, FINISH_TO_FINISH, START_TO_FINISH ->
                throw new IllegalStateException("the generator makes no edge " + kind);
            case SUCCESS -> blameFailure(speaker, skip);
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
