package dev.ropewalk.testkit.plans;

import dev.ropewalk.plan.Constraints;
import dev.ropewalk.plan.DependencyType;
import dev.ropewalk.plan.Moment;
import dev.ropewalk.plan.OnDeadlineMissed;
import dev.ropewalk.plan.Template;
import dev.ropewalk.plan.TimeWindow;
import dev.ropewalk.plan.Workflow.Dependency;
import dev.ropewalk.testkit.SeededRandom;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Random dependencies and constraints.
final class TimeDraft {

    /// Without a change of the clocks, which the oracle does not know.
    private static final List<String> ZONES = List.of("UTC", "Asia/Kolkata", "America/Bogota");

    private final SeededRandom random;
    private final Set<Feature> features;

    TimeDraft(SeededRandom random, Set<Feature> features) {
        this.random = random;
        this.features = features;
    }

    private boolean has(Feature feature, int percent) {
        return features.contains(feature) && random.percent(percent);
    }

    /// @param conditions gives one; drawn only if it is wanted
    Dependency dependency(String on, DependencyType type, Supplier<Template.Expression> conditions) {
        Duration lag = has(Feature.LAG, 50) ? millis(1, 30_000) : Duration.ZERO;
        return new Dependency(
                on,
                type,
                lag,
                has(Feature.DEPENDENCY_CONDITION, 30) ? Optional.of(conditions.get()) : Optional.empty());
    }

    DependencyType type() {
        return features.contains(Feature.DEPENDENCY_TYPES)
                ? random.pick(List.of(DependencyType.values()))
                : DependencyType.FINISH_TO_START;
    }

    boolean anyDependency() {
        return features.contains(Feature.DEPENDENCY_TYPES)
                || features.contains(Feature.LAG)
                || features.contains(Feature.DEPENDENCY_CONDITION);
    }

    /// @param deadline whether it may have one
    /// @param fail whether that may make it fail
    Constraints constraints(boolean deadline, boolean fail) {
        Optional<Moment> notBefore = has(Feature.NOT_BEFORE, 20) ? Optional.of(afterStart(1)) : Optional.empty();
        List<TimeWindow> windows = has(Feature.WINDOW, 20) ? windows() : List.of();
        if (!deadline || !has(Feature.DEADLINE, 30)) {
            return notBefore.isEmpty() && windows.isEmpty()
                    ? Constraints.NONE
                    : new Constraints(Optional.empty(), OnDeadlineMissed.WARN, notBefore, windows, List.of());
        }
        OnDeadlineMissed action = random.pick(List.of(OnDeadlineMissed.values()));
        return new Constraints(
                Optional.of(afterStart(200)),
                action == OnDeadlineMissed.FAIL && !fail ? OnDeadlineMissed.WARN : action,
                notBefore,
                windows,
                List.of());
    }

    private Moment afterStart(long leastMillis) {
        return new Moment.AfterStart(millis(leastMillis, 120_000));
    }

    /// Each hour anew, so that a simulation does not wait for days.
    private List<TimeWindow> windows() {
        ZoneId zone = ZoneId.of(random.pick(ZONES));
        LocalTime from = LocalTime.MIDNIGHT.plusSeconds(random.below(3_600));
        long seconds = random.between(1, 3_500);
        List<TimeWindow> windows = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            LocalTime opens = from.plusHours(hour);
            windows.add(new TimeWindow(List.of(DayOfWeek.values()), opens, opens.plusSeconds(seconds), zone));
        }
        return windows;
    }

    private Duration millis(long low, long high) {
        return Duration.ofMillis(random.skewed(low, high));
    }
}
