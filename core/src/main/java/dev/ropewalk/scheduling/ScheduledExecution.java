package dev.ropewalk.scheduling;

import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.strategy.ReadyExecution;
import dev.ropewalk.strategy.SchedulingStrategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An execution whose ready tasks a [Scheduler] orders. It carries its own queues, so that the
/// scheduler need not look it up. What does not override anything is an execution of which nothing is
/// known but its plan: without a deadline, a strategy of its own, or progress.
public abstract class ScheduledExecution implements ReadyExecution {

    /// How finely its progress is looked at.
    private static final int PROGRESS_STEPS = 32;

    /// Its place among the executions, by the time at which its first task was ready; 0 before that.
    long arrival;

    @Nullable
    Tenant tenant;

    /// Whether it is left out until there is room in it.
    boolean full;

    int queued;

    private int progress;
    private @Nullable Group only;
    private @Nullable Map<Object, Group> others;

    /// What the plan says of a task.
    protected abstract PlannedTask definition(int task);

    protected abstract PlanRanks ranks();

    protected Priority priority(int task) {
        return definition(task).priority();
    }

    /// What the task's success is worth; 0 if nothing is stated.
    protected double value(int task) {
        return definition(task).needs().milliValue() / 1e3;
    }

    /// The task's own deadline, in microseconds since 1970; [Long#MAX_VALUE] if it has none.
    protected long deadline(int task) {
        return Long.MAX_VALUE;
    }

    /// The strategy that was chosen for this run.
    protected Optional<SchedulingStrategy> strategy() {
        return Optional.empty();
    }

    @Override
    public String tenant() {
        return ranks().ordering().tenant();
    }

    @Override
    public double value() {
        return ranks().ordering().milliValue() / 1e3;
    }

    @Override
    public long deadline() {
        return Long.MAX_VALUE;
    }

    @Override
    public double shareDone() {
        return 0;
    }

    @Override
    public boolean underWay() {
        return false;
    }

    @Override
    public long longestPathMicros() {
        return ranks().longestPathMicros();
    }

    /// The index by which [#ranks] is asked: an item's task has the ranks of its pattern.
    final int ranked(int task) {
        return task < ranks().taskCount() ? task : definition(task).index();
    }

    final long estimatedMicros(int task) {
        return ranks().estimatedMicros(ranked(task));
    }

    /// Whether its progress has changed by a step since the last time that this was asked.
    final boolean hasProgressed() {
        int step = underWay() ? 1 + (int) (PROGRESS_STEPS * shareDone()) : 0;
        boolean progressed = step != progress;
        progress = step;
        return progressed;
    }

    /// How many of its tasks are ready and wait.
    public final int readyTasks() {
        return queued;
    }

    final @Nullable Group group(Object lane) {
        Group group = only;
        if (group == null || group.lane.shape == lane || group.lane.shape.equals(lane)) {
            return group;
        }
        return others == null ? null : others.get(lane);
    }

    final void attach(Group group) {
        if (only == null) {
            only = group;
        } else {
            if (others == null) {
                others = new LinkedHashMap<>();
            }
            others.put(group.lane.shape, group);
        }
    }

    /// Its groups, in a list of the caller's own.
    final List<Group> groups() {
        if (only == null) {
            return List.of();
        }
        if (others == null) {
            return List.of(only);
        }
        List<Group> all = new ArrayList<>(others.size() + 1);
        all.add(only);
        all.addAll(others.values());
        return all;
    }

    /// Whether an empty group is worth dropping: one that has many will hardly need all of them again.
    final boolean drop(Group group) {
        return others != null && others.size() > 16 && others.remove(group.lane.shape, group);
    }

    final void detach() {
        only = null;
        others = null;
        tenant = null;
        full = false;
        queued = 0;
    }
}
