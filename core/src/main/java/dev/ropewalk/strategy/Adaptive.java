package dev.ropewalk.strategy;

import java.util.List;
import java.util.Objects;

/// Weighs all that matters: what depends on a task, its deadline, its worth, its priority, how likely
/// it is to fail, how far its execution is, and how long it has waited. [Weights] says what each
/// means and counts.
///
/// Of these only the urgency grows by itself. It counts in steps, and the task is looked at again
/// when the next is reached; so between two looks the order stays as it is.
///
/// Sources: upward rank as in HEFT (Topcuoglu et al., IEEE TPDS 13(3), 2002). That what is under way
/// goes before what is new gives the first results earlier at the same total time, as shortest
/// remaining work does (L. Schrage, "A proof of the optimality of the shortest remaining processing
/// time discipline", Operations Research 16(3), 1968).
public record Adaptive(Weights weights) implements SchedulingStrategy {

    private static final int STEPS = 16;
    private static final double TOP_PRIORITY = 3;

    public Adaptive {
        Objects.requireNonNull(weights, "weights");
    }

    public Adaptive() {
        this(Weights.DEFAULT);
    }

    @Override
    public String name() {
        return "ADAPTIVE";
    }

    @Override
    public double slope() {
        return 1 / Positive.seconds(weights.patience());
    }

    @Override
    public double base(ReadyTask task, SchedulingContext context) {
        return weights.dependencies() * dependencies(task)
                + weights.urgency() * urgency(task)
                + weights.value() * value(task)
                + weights.priority() * priority(task)
                - weights.failureRisk() * task.failureRisk();
    }

    @Override
    public double executionBase(ReadyExecution execution, SchedulingContext context) {
        return weights.finishFirst() * finishFirst(execution);
    }

    @Override
    public long changesAt(ReadyTask task, SchedulingContext context) {
        if (weights.urgency() == 0 || task.latestStart() == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        int step = step(task);
        double next = (step + 1.0) / STEPS;
        return step == STEPS ? Long.MAX_VALUE : task.latestStart() - (long) (work(task) * (1 / next - 1));
    }

    @Override
    public List<Factor> explain(ReadyTask task, SchedulingContext context) {
        return List.of(
                new Factor("dependencies", weights.dependencies(), dependencies(task)),
                new Factor("urgency", weights.urgency(), urgency(task)),
                new Factor("value", weights.value(), value(task)),
                new Factor("priority", weights.priority(), priority(task)),
                new Factor("failureRisk", -weights.failureRisk(), task.failureRisk()),
                new Factor("finishFirst", weights.finishFirst(), finishFirst(task.execution())),
                new Factor("waiting", 1, task.waitedMicros() / 1e6 * slope()));
    }

    private static double dependencies(ReadyTask task) {
        return Math.min(
                1, (double) task.upwardMicros() / Math.max(1, task.execution().longestPathMicros()));
    }

    private static double urgency(ReadyTask task) {
        return (double) step(task) / STEPS;
    }

    private static int step(ReadyTask task) {
        if (task.latestStart() == Long.MAX_VALUE) {
            return 0;
        }
        double slack = task.latestStart() - task.queuedAt() - task.waitedMicros();
        return slack <= 0 ? STEPS : (int) (STEPS * work(task) / (work(task) + slack));
    }

    /// The work that must be done by the deadline that is nearer.
    private static double work(ReadyTask task) {
        long own = task.deadline();
        boolean ownIsNearer = own != Long.MAX_VALUE && own - task.estimatedMicros() == task.latestStart();
        return ownIsNearer ? task.estimatedMicros() : task.upwardMicros();
    }

    private double value(ReadyTask task) {
        double stated = task.value() > 0 ? task.value() : task.execution().value();
        double worth = Math.max(0, stated) / weights.typicalValue();
        return worth / (worth + 1) * (1 - task.failureRisk());
    }

    private static double priority(ReadyTask task) {
        return task.priority().ordinal() / TOP_PRIORITY;
    }

    private static double finishFirst(ReadyExecution execution) {
        double done = Math.floor(2 * STEPS * Math.clamp(execution.shareDone(), 0, 1)) / (2 * STEPS);
        return execution.underWay() ? 0.5 + 0.5 * done : 0;
    }
}
