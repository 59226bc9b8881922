package dev.ropewalk.execution;

import dev.ropewalk.plan.Constraints;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.TimeWindow;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// For what tasks wait beside the ends of others: for points in time, and with their completion. A plan
/// without lags, windows and the like has empty arrays here.
final class Waits {

    /// After so long a window that was not found open is looked for again.
    private static final long FAR_MICROS = 14L * 24 * 3600 * 1_000_000;

    private static final long[] NO_TIMES = {};
    private static final int[] NO_HOLDS = {};

    private final ExecutionPlan plan;

    /// Whether tasks wait for nothing but the ends of others, and complete when they are done.
    final boolean none;

    /// Whether any task may have to wait for a point in time before it starts.
    final boolean timed;

    /// Whether any task may have to wait for one that no edge gives.
    final boolean constrained;

    // By task, if the plan has such edges: when its lags have passed, those of its start and those of its
    // completion; and how many edges still hold its completion.
    private long[] startAfter = NO_TIMES;
    private long[] endAfter = NO_TIMES;
    int[] holds = NO_HOLDS;

    /// The edges, by number, that have said that their origin started. Once said, that stays.
    final BitSet startedEdges = new BitSet();

    Waits(ExecutionPlan plan) {
        this.plan = plan;
        this.constrained = plan.delaysStarts();
        this.timed = constrained || plan.hasLags();
        this.none = !timed && !plan.holdsEnds() && !plan.hasDeadlines();
        if (plan.hasLags()) {
            startAfter = new long[plan.taskCount()];
            endAfter = new long[plan.taskCount()];
        }
        if (plan.holdsEnds()) {
            holds = new int[plan.taskCount()];
            Arrays.setAll(holds, plan::endHolds);
        }
    }

    void grow(int capacity) {
        if (startAfter.length > 0) {
            startAfter = Arrays.copyOf(startAfter, capacity);
            endAfter = Arrays.copyOf(endAfter, capacity);
        }
        if (holds.length > 0) {
            holds = Arrays.copyOf(holds, capacity);
        }
    }

    /// The task of an item begins as its pattern.
    void begin(int task, int pattern) {
        if (holds.length > 0) {
            holds[task] = plan.endHolds(pattern);
        }
    }

    void startNotBefore(int task, long time) {
        startAfter[task] = Math.max(startAfter[task], time);
    }

    void endNotBefore(int task, long time) {
        endAfter[task] = Math.max(endAfter[task], time);
    }

    /// Whether edges still hold the task's completion.
    boolean holdsEnd(int task) {
        return holds.length > 0 && holds[task] > 0;
    }

    /// When the lags after which it completes have passed.
    long endDue(int task) {
        return endAfter.length == 0 ? 0 : endAfter[task];
    }

    /// When the task may start, if nothing else holds it; `now` or before if it may at once.
    long startDue(ExecutionState state, int task, long now) {
        long due = lagDue(task);
        PlannedTask definition = state.definition(task);
        if (!constrained || definition.barrier()) {
            return due;
        }
        due = Math.max(due, notBefore(definition.constraints(), state));
        List<TimeWindow> windows = definition.constraints().windows();
        if (!definition.tool().equals(PlannedTask.VALUE_TOOL)) {
            due = Math.max(due, notBefore(plan.constraints(), state));
            windows = windows.isEmpty() ? plan.constraints().windows() : windows;
        }
        long from = Math.max(due, now);
        return windows.isEmpty() ? due : TimeWindow.nextOpening(windows, from).orElse(from + FAR_MICROS);
    }

    private long lagDue(int task) {
        return startAfter.length == 0 ? 0 : startAfter[task];
    }

    private static long notBefore(Constraints constraints, ExecutionState state) {
        return constraints.notBefore().isEmpty()
                ? 0
                : constraints.notBefore().get().micros(state.startedAt);
    }

    /// Why the task may not start before `due`, which is what [#startDue] said.
    DelayReason reason(ExecutionState state, int task, long due) {
        if (lagDue(task) == due) {
            return DelayReason.LAG;
        }
        boolean notBefore = notBefore(state.definition(task).constraints(), state) == due
                || notBefore(plan.constraints(), state) == due;
        return notBefore ? DelayReason.NOT_BEFORE : DelayReason.WINDOW;
    }
}
