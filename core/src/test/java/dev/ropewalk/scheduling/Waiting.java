package dev.ropewalk.scheduling;

import dev.ropewalk.learning.DurationEstimates;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.strategy.SchedulingStrategy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// An execution as the scheduler sees it, set by hand.
final class Waiting extends ScheduledExecution {

    final String name;
    final int number;
    private final ExecutionPlan plan;
    private final PlanRanks ranks;
    final Map<Integer, Priority> priorities = new HashMap<>();
    final Map<Integer, Long> deadlines = new HashMap<>();
    final Map<Integer, Double> values = new HashMap<>();
    String owner = "";
    Optional<SchedulingStrategy> strategy = Optional.empty();
    long deadline = Long.MAX_VALUE;
    double value;
    int maxParallel = Integer.MAX_VALUE;
    int running;
    int ended;

    Waiting(String name, ExecutionPlan plan) {
        this(name, 0, plan);
    }

    Waiting(int number, ExecutionPlan plan) {
        this("e" + number, number, plan);
    }

    private Waiting(String name, int number, ExecutionPlan plan) {
        this.name = name;
        this.number = number;
        this.plan = plan;
        this.ranks = PlanRanks.of(plan, DurationEstimates.stated());
    }

    /// With tasks that depend on nothing.
    Waiting(String name, int tasks) {
        this(name, independent(tasks));
    }

    static ExecutionPlan independent(int tasks) {
        var plan = ExecutionPlan.named("independent");
        for (int task = 0; task < tasks; task++) {
            plan.task("t" + task, t -> t.tool("nothing"));
        }
        return plan.build();
    }

    ExecutionPlan plan() {
        return plan;
    }

    @Override
    protected PlannedTask definition(int task) {
        return plan.task(task);
    }

    @Override
    protected PlanRanks ranks() {
        return ranks;
    }

    @Override
    protected Priority priority(int task) {
        return priorities.getOrDefault(task, super.priority(task));
    }

    @Override
    protected long deadline(int task) {
        return deadlines.getOrDefault(task, super.deadline(task));
    }

    @Override
    protected double value(int task) {
        return values.getOrDefault(task, super.value(task));
    }

    @Override
    protected Optional<SchedulingStrategy> strategy() {
        return strategy;
    }

    @Override
    public String tenant() {
        return owner;
    }

    @Override
    public double value() {
        return value;
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public double shareDone() {
        return (double) ended / plan.taskCount();
    }

    @Override
    public boolean underWay() {
        return running + ended > 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
