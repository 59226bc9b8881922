package dev.ropewalk.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Builds the time constraints and exclusive locks of a task or plan.
public final class ConstraintsBuilder {

    private Optional<Moment> deadline = Optional.empty();
    private OnDeadlineMissed onDeadlineMissed = OnDeadlineMissed.WARN;
    private Optional<Moment> notBefore = Optional.empty();
    private final List<TimeWindow> windows = new ArrayList<>();
    private final List<String> exclusive = new ArrayList<>();

    ConstraintsBuilder() {}

    /// Counted from the start of the execution.
    public ConstraintsBuilder deadline(Duration afterStart) {
        deadline = Optional.of(new Moment.AfterStart(afterStart));
        return this;
    }

    public ConstraintsBuilder deadline(Instant time) {
        deadline = Optional.of(new Moment.At(time));
        return this;
    }

    /// [OnDeadlineMissed#WARN] unless stated.
    public ConstraintsBuilder onDeadlineMissed(OnDeadlineMissed action) {
        onDeadlineMissed = action;
        return this;
    }

    /// Counted from the start of the execution.
    public ConstraintsBuilder notBefore(Duration afterStart) {
        notBefore = Optional.of(new Moment.AfterStart(afterStart));
        return this;
    }

    public ConstraintsBuilder notBefore(Instant time) {
        notBefore = Optional.of(new Moment.At(time));
        return this;
    }

    /// Adds a time in which it may start.
    public ConstraintsBuilder window(TimeWindow window) {
        windows.add(window);
        return this;
    }

    /// Adds locks that only one attempt holds at a time.
    public ConstraintsBuilder exclusive(String... locks) {
        exclusive.addAll(List.of(locks));
        return this;
    }

    Constraints build() {
        return new Constraints(deadline, onDeadlineMissed, notBefore, windows, exclusive);
    }
}
