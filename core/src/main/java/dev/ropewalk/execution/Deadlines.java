package dev.ropewalk.execution;

import dev.ropewalk.plan.Constraints;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Moment;
import dev.ropewalk.plan.OnDeadlineMissed;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.Priority;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// The deadlines of one execution and of its tasks, soonest first, and which were missed. A plan without
/// deadlines has an empty list here.
final class Deadlines {

    /// The execution as a whole, where others have the index of a task.
    static final int WHOLE = -1;

    private record Deadline(int task, long due) {}

    private final ExecutionPlan plan;
    private List<Deadline> all = List.of();

    /// All before this one were met or missed.
    private int cursor;

    /// By the task's index plus one, so that the execution has its place.
    private final BitSet missed = new BitSet();

    Deadlines(ExecutionPlan plan) {
        this.plan = plan;
    }

    /// The execution has started, so that every deadline is a point in time.
    void start(long startedAt) {
        if (!plan.hasDeadlines()) {
            return;
        }
        List<Deadline> found = new ArrayList<>();
        add(found, WHOLE, plan.constraints(), startedAt);
        for (PlannedTask task : plan.tasks()) {
            add(found, task.index(), task.constraints(), startedAt);
        }
        found.sort(Comparator.comparingLong(Deadline::due));
        all = found;
    }

    private static void add(List<Deadline> found, int task, Constraints constraints, long startedAt) {
        if (constraints.deadline().isPresent()) {
            Moment moment = constraints.deadline().get();
            found.add(new Deadline(task, moment.micros(startedAt)));
        }
    }

    /// Tasks that had ended may be pending again.
    void rewind() {
        cursor = 0;
    }

    /// When the next deadline passes that may still be missed; 0 if there is none.
    long nextDue(ExecutionState state) {
        while (cursor < all.size() && isThrough(state, all.get(cursor).task())) {
            cursor++;
        }
        return cursor == all.size() ? 0 : all.get(cursor).due();
    }

    /// Whose deadline that is.
    int nextTask() {
        return all.get(cursor).task();
    }

    private boolean isThrough(ExecutionState state, int task) {
        return isMissed(task)
                || (task == WHOLE ? state.status.ended() : state.phase(task).ended());
    }

    OnDeadlineMissed action(int task) {
        return (task == WHOLE ? plan.constraints() : plan.task(task).constraints()).onDeadlineMissed();
    }

    void miss(int task) {
        missed.set(task + 1);
    }

    private boolean isMissed(int task) {
        return missed.get(task + 1);
    }

    /// Whether the task fails because it missed its deadline.
    boolean failed(int task) {
        return missedWith(task, OnDeadlineMissed.FAIL);
    }

    private boolean missedWith(int task, OnDeadlineMissed action) {
        return isMissed(task) && action(task) == action;
    }

    /// When the task's own deadline passes, or for [#WHOLE] the execution's; [Long#MAX_VALUE] if there is none.
    /// An item has that of its `forEach`.
    long of(ExecutionState state, int task) {
        int holder = task == WHOLE ? WHOLE : holder(state, task);
        Constraints constraints =
                holder == WHOLE ? plan.constraints() : plan.task(holder).constraints();
        return constraints.deadline().isEmpty()
                ? Long.MAX_VALUE
                : constraints.deadline().get().micros(state.startedAt);
    }

    private static int holder(ExecutionState state, int task) {
        return state.expansionOf(task).map(Expansion::owner).orElse(task);
    }

    /// The priority of a task, given what it is without deadlines. An item has that of its `forEach`.
    Priority priority(ExecutionState state, int task, Priority declared) {
        if (missed.isEmpty()) {
            return declared;
        }
        int holder = holder(state, task);
        boolean escalated =
                missedWith(WHOLE, OnDeadlineMissed.ESCALATE) || missedWith(holder, OnDeadlineMissed.ESCALATE);
        return escalated ? Priority.CRITICAL : declared;
    }
}
