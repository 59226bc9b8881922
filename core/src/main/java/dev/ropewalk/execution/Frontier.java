package dev.ropewalk.execution;

import dev.ropewalk.plan.EdgeKind;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.PlannedTask.Kind;

/// Moves the border between tasks that wait and tasks that may go on: when a task ends, its edges fire,
/// and a task whose last edge has fired is opened.
///
/// A failed task that has a fallback fires in two parts: what leads to the fallback at once, and what
/// asks for success only when the fallback has ended, with its outcome.
final class Frontier {

    private static final byte NOT_FIRED = 0;
    private static final byte PARTLY_FIRED = 1;
    private static final byte FIRED = 2;

    private Frontier() {}

    /// All edges that lead to the task have fired.
    static void open(ExecutionState state, int task) {
        PlannedTask definition = state.definition(task);
        if (definition.kind() == Kind.BARRIER) {
            state.openBarriers.add(task);
        } else if (state.skip[task] != ExecutionState.NONE) {
            Evolution.ready(state, task);
        } else if (definition.when().isPresent() || definition.kind() == Kind.FOR_EACH) {
            Evolution.set(state, task, Phase.EVALUATING);
            state.evaluations.add(task);
        } else {
            Evolution.ready(state, task);
        }
    }

    /// Ends the barriers that were opened, and those that they open in turn. To be called at the end of
    /// whatever may have opened one; not from within, because barriers may form a chain of any length.
    static void passBarriers(ExecutionState state) {
        while (!state.openBarriers.isEmpty()) {
            int barrier = state.openBarriers.take();
            Evolution.set(state, barrier, Phase.COMPLETED);
            state.taskEndedAt[barrier] = state.lastAt;
            state.remaining--;
            fire(state, barrier, true, true);
            state.released[barrier] = FIRED;
        }
    }

    /// The task has got its final phase.
    static void ended(ExecutionState state, int task) {
        Expansion expansion = state.expansions.holding(task);
        if (expansion != null) {
            itemEnded(state, task, expansion);
            return;
        }
        boolean failed = failed(state, task);
        boolean stoodIn = failed && state.plan.task(task).fallback() != ExecutionState.NONE;
        fire(state, task, true, !stoodIn);
        state.released[task] = stoodIn ? PARTLY_FIRED : FIRED;
        if (stoodIn) {
            return;
        }
        for (int primary = state.primaryOf[task];
                primary != ExecutionState.NONE && state.released[primary] == PARTLY_FIRED;
                primary = state.primaryOf[primary]) {
            fire(state, primary, false, true);
            state.released[primary] = FIRED;
        }
    }

    private static void itemEnded(ExecutionState state, int task, Expansion expansion) {
        int owner = expansion.owner();
        int item = expansion.item(task);
        int pattern = expansion.pattern(task);
        ExecutionPlan plan = state.plan;
        for (int k = 0; k < plan.successorCount(pattern); k++) {
            int sibling = expansion.task(item, plan.successor(pattern, k));
            arrive(state, task, sibling, plan.edgeKind(pattern, k));
        }
        if (itemFailed(state, task)) {
            state.expansions.failedItems[owner]++;
        }
        if (--state.expansions.openItems[owner] == 0) {
            state.agenda.add(owner);
        }
    }

    private static void fire(ExecutionState state, int task, boolean now, boolean deferred) {
        ExecutionPlan plan = state.plan;
        for (int k = 0; k < plan.successorCount(task); k++) {
            EdgeKind kind = plan.edgeKind(task, k);
            if (firesAtOnce(kind) ? now : deferred) {
                arrive(state, task, plan.successor(task, k), kind);
            }
        }
    }

    private static boolean firesAtOnce(EdgeKind kind) {
        return kind == EdgeKind.FALLBACK || kind == EdgeKind.ORDER;
    }

    private static void arrive(ExecutionState state, int from, int to, EdgeKind kind) {
        judge(state, from, to, kind);
        if (--state.open[to] == 0 && state.phase(to) == Phase.PENDING) {
            open(state, to);
        }
    }

    /// Whether the edge holds; if not, the target is marked with why it is skipped.
    private static void judge(ExecutionState state, int from, int to, EdgeKind kind) {
        int standIn = state.standIn(from);
        boolean failed = failed(state, standIn);
        boolean skipped = state.phase(standIn) == Phase.SKIPPED;
        boolean neutral = skipped && SkipReason.of(state.skip[standIn]).neutral();
        int cause = skipped ? state.blockCause[standIn] : standIn;
        switch (kind) {
            case ORDER -> {}
            case SUCCESS -> {
                if (failed || (skipped && !neutral)) {
                    block(state, to, SkipReason.UPSTREAM_FAILED, cause);
                }
            }
            case GATE -> {
                if (failed || (skipped && !neutral)) {
                    block(state, to, SkipReason.UPSTREAM_FAILED, cause);
                } else if (skipped) {
                    block(state, to, SkipReason.of(state.skip[standIn]), ExecutionState.NONE);
                }
            }
            case CHOICE -> {
                if (skipped && !neutral) {
                    block(state, to, SkipReason.UPSTREAM_FAILED, cause);
                } else if (!skipped || SkipReason.of(state.skip[standIn]) != SkipReason.WHEN_FALSE) {
                    block(state, to, SkipReason.NOT_CHOSEN, ExecutionState.NONE);
                }
            }
            case FALLBACK -> {
                if (!failed(state, from)) {
                    block(state, to, SkipReason.NOT_NEEDED, ExecutionState.NONE);
                }
            }
        }
    }

    private static void block(ExecutionState state, int task, SkipReason reason, int cause) {
        boolean first = state.skip[task] == ExecutionState.NONE;
        if (first || (SkipReason.of(state.skip[task]).neutral() && !reason.neutral())) {
            state.skip[task] = (byte) reason.ordinal();
            state.blockCause[task] = cause;
        }
    }

    /// Whether a task of an item failed, or did not run because another of its item failed.
    static boolean itemFailed(ExecutionState state, int task) {
        boolean skippedByFailure = state.phase(task) == Phase.SKIPPED
                && !SkipReason.of(state.skip[task]).neutral();
        return failed(state, task) || skippedByFailure;
    }

    static boolean failed(ExecutionState state, int task) {
        Phase phase = state.phase(task);
        return phase == Phase.FAILED || phase == Phase.TIMED_OUT;
    }

    /// Takes back what the task's edges did, because it runs again.
    static void rearm(ExecutionState state, int task) {
        ExecutionPlan plan = state.plan;
        for (int k = 0; k < plan.successorCount(task); k++) {
            boolean fired = state.released[task] == FIRED
                    || (state.released[task] == PARTLY_FIRED && firesAtOnce(plan.edgeKind(task, k)));
            if (fired) {
                state.open[plan.successor(task, k)]++;
            }
        }
        state.released[task] = NOT_FIRED;
    }
}
