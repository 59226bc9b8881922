package dev.ropewalk.execution;

import dev.ropewalk.plan.EdgeKind;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.PlannedTask.Kind;
import java.util.BitSet;

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
        boolean goesOnByItself = definition.barrier() || definition.kind() == Kind.FOR_EACH;
        if (goesOnByItself && state.waits.timed && state.waits.startDue(state, task, state.lastAt) > state.lastAt) {
            Evolution.ready(state, task);
        } else if (definition.barrier()) {
            state.openBarriers.add(task);
        } else if (state.skip[task] != ExecutionState.NONE) {
            Evolution.ready(state, task);
        } else if (definition.conditional() || definition.kind() == Kind.FOR_EACH) {
            evaluate(state, task);
        } else {
            Evolution.ready(state, task);
        }
    }

    static void evaluate(ExecutionState state, int task) {
        Evolution.set(state, task, Phase.EVALUATING);
        state.evaluations.add(task);
    }

    /// The task has started for the first time, in this generation.
    static void started(ExecutionState state, int task) {
        Expansion expansion = state.expansions.holding(task);
        int planned = expansion == null ? task : expansion.pattern(task);
        ExecutionPlan plan = state.plan;
        for (int k = 0; k < plan.successorCount(planned); k++) {
            if (plan.edgeKind(planned, k).asksForStart()) {
                if (expansion == null) {
                    sayStarted(state, task, k);
                } else {
                    int sibling = expansion.task(expansion.item(task), plan.successor(planned, k));
                    arrive(state, task, sibling, planned, k);
                }
            }
        }
    }

    /// What has been said of a start is not said again: those outside of a step that runs again go by the
    /// first start ever.
    private static void sayStarted(ExecutionState state, int task, int k) {
        int edge = state.plan.edgeNumber(task, k);
        if (!state.waits.startedEdges.get(edge)) {
            state.waits.startedEdges.set(edge);
            arrive(state, task, state.plan.successor(task, k), task, k);
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
            boolean said = plan.edgeKind(pattern, k).asksForStart() && state.taskStartedAt[task] != 0;
            if (!said) {
                arrive(state, task, expansion.task(item, plan.successor(pattern, k)), pattern, k);
            }
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
            if (kind.asksForStart()) {
                sayStarted(state, task, k);
            } else if (firesAtOnce(kind) ? now : deferred) {
                arrive(state, task, plan.successor(task, k), task, k);
            }
        }
    }

    private static boolean firesAtOnce(EdgeKind kind) {
        return kind == EdgeKind.FALLBACK || kind == EdgeKind.ORDER;
    }

    /// @param planned the origin in the plan, whose `k`-th edge it is
    private static void arrive(ExecutionState state, int from, int to, int planned, int k) {
        EdgeKind kind = state.plan.edgeKind(planned, k);
        judge(state, from, to, kind);
        long lag = state.plan.hasLags() ? state.plan.lagMicros(planned, k) : 0;
        if (kind.holdsEnd()) {
            arriveAtEnd(state, to, lag);
        } else {
            arriveAtStart(state, to, lag);
        }
    }

    private static void arriveAtEnd(ExecutionState state, int to, long lag) {
        if (lag > 0) {
            state.waits.endNotBefore(to, state.lastAt + lag);
        }
        int held = --state.waits.holds[to];
        if (held == 0 && state.phase(to) == Phase.FINISHING) {
            state.agenda.add(to);
        }
    }

    private static void arriveAtStart(ExecutionState state, int to, long lag) {
        if (lag > 0) {
            state.waits.startNotBefore(to, state.lastAt + lag);
        }
        int open = --state.open[to];
        if (open != 0 && !opensWithTheFirst(state, to)) {
            return;
        }
        if (state.phase(to) == Phase.PENDING) {
            open(state, to);
        }
    }

    /// Whether one edge is enough: for the start of a step.
    private static boolean opensWithTheFirst(ExecutionState state, int task) {
        return state.plan.asksForStarts() && state.definition(task).kind() == Kind.START_BARRIER;
    }

    /// Whether the edge holds; if not, the target is marked with why it is skipped.
    private static void judge(ExecutionState state, int from, int to, EdgeKind kind) {
        if (kind.asksForStart()) {
            judgeStart(state, from, to);
            return;
        }
        int standIn = state.standIn(from);
        boolean failed = failed(state, standIn);
        boolean skipped = state.phase(standIn) == Phase.SKIPPED;
        boolean neutral = skipped && SkipReason.of(state.skip[standIn]).neutral();
        int cause = skipped ? state.blockCause[standIn] : standIn;
        switch (kind) {
            case ORDER -> {}
            case SUCCESS, FINISH_TO_FINISH -> {
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
            case START_TO_START, START_TO_FINISH -> throw new IllegalStateException(kind + " asks for a start");
            case FALLBACK -> {
                if (!failed(state, from)) {
                    block(state, to, SkipReason.NOT_NEEDED, ExecutionState.NONE);
                }
            }
        }
    }

    /// Nobody who stands in for a task makes up for its not starting: it would have to wait for those who
    /// wait for the start.
    private static void judgeStart(ExecutionState state, int from, int to) {
        boolean started = state.taskStartedAt[from] != 0;
        if (!started && itemFailed(state, from) && !state.definition(to).barrier()) {
            boolean skipped = state.phase(from) == Phase.SKIPPED;
            block(state, to, SkipReason.UPSTREAM_FAILED, skipped ? state.blockCause[from] : from);
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
    ///
    /// @param reset the tasks that run again
    static void rearm(ExecutionState state, int task, BitSet reset) {
        ExecutionPlan plan = state.plan;
        for (int k = 0; k < plan.successorCount(task); k++) {
            EdgeKind kind = plan.edgeKind(task, k);
            int to = plan.successor(task, k);
            boolean fired;
            if (kind.asksForStart()) {
                int edge = plan.edgeNumber(task, k);
                fired = reset.get(to) && state.waits.startedEdges.get(edge);
                state.waits.startedEdges.set(edge, state.waits.startedEdges.get(edge) && !fired);
            } else {
                fired = state.released[task] == FIRED || (state.released[task] == PARTLY_FIRED && firesAtOnce(kind));
            }
            if (fired && kind.holdsEnd()) {
                state.waits.holds[to]++;
            } else if (fired) {
                state.open[to]++;
            }
        }
        state.released[task] = NOT_FIRED;
    }
}
