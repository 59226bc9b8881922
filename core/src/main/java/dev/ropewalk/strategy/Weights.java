package dev.ropewalk.strategy;

import java.time.Duration;

/// What counts how much for [Adaptive]. Each factor lies between 0 and 1; 0 as its weight turns it
/// off.
///
/// @param dependencies that much depends on the task: the longest expected path from it to the end of
///     its plan, over the longest path of the plan
/// @param urgency that the deadline is near: `w / (w + s)`, where `w` is the expected time of the work
///     that must be done by it and `s` the slack that is left; 1 when there is none. In steps of 1/16
/// @param value what success is expected to be worth, the task's or else the plan's: `v / (v + 1)`
///     with `v` the stated value in units of `typicalValue`, times the chance of success
/// @param priority 0, 1/3, 2/3 and 1 for the four
/// @param failureRisk that an attempt is likely to fail; counts against the task
/// @param finishFirst that the execution is under way: 1/2 once something of it was started, growing
///     with the share of its work that is done
/// @param typicalValue a stated value that counts as half of the most
/// @param patience the waiting that is worth a rank of 1; as the others add up to 1 by default, no
///     task is overtaken by one that comes more than about this later
public record Weights(
        double dependencies,
        double urgency,
        double value,
        double priority,
        double failureRisk,
        double finishFirst,
        double typicalValue,
        Duration patience) {

    public static final Weights DEFAULT = new Weights(0.2, 0.3, 0.1, 0.15, 0.05, 0.2, 1, Duration.ofHours(1));

    public Weights {
        weight("dependencies", dependencies);
        weight("urgency", urgency);
        weight("value", value);
        weight("priority", priority);
        weight("failureRisk", failureRisk);
        weight("finishFirst", finishFirst);
        if (!(typicalValue > 0) || Double.isInfinite(typicalValue)) {
            throw new IllegalArgumentException(
                    "ADAPTIVE: typicalValue is %s; it must be a number greater than 0".formatted(typicalValue));
        }
        Positive.check("ADAPTIVE: patience", patience);
    }

    private static void weight(String name, double weight) {
        if (!(weight >= 0 && weight <= 100)) {
            throw new IllegalArgumentException(
                    "ADAPTIVE: the weight %s is %s; it must be from 0 to 100".formatted(name, weight));
        }
    }
}
