package dev.ropewalk.strategy;

import java.time.Duration;
import java.util.List;

/// What has the least slack goes first: the earliest latest start ([ReadyTask#latestStart]). Slack
/// shrinks for all alike, so the order stays as it is.
///
/// A task without a deadline is treated as if it had to start within `patience` of being ready; one
/// that is late counts as late by no more than `patience`, so that a stream of tasks that come too
/// late stops nobody.
///
/// Source: M. L. Dertouzos, A. K. Mok: "Multiprocessor on-line scheduling of hard-real-time tasks",
/// IEEE Transactions on Software Engineering 15(12), 1989 (least laxity).
///
/// @param patience after it a task without a deadline goes before those whose deadline comes later
public record DeadlineAware(Duration patience) implements SchedulingStrategy {

    public DeadlineAware {
        Positive.check("DEADLINE_AWARE: patience", patience);
    }

    public DeadlineAware() {
        this(Duration.ofHours(1));
    }

    @Override
    public String name() {
        return "DEADLINE_AWARE";
    }

    @Override
    public double base(ReadyTask task, SchedulingContext context) {
        return -slackWhenReady(task);
    }

    private double slackWhenReady(ReadyTask task) {
        double bound = Positive.seconds(patience);
        return task.latestStart() == Long.MAX_VALUE
                ? bound
                : Math.max(-bound, (task.latestStart() - task.queuedAt()) / 1e6);
    }

    @Override
    public List<Factor> explain(ReadyTask task, SchedulingContext context) {
        String name = task.latestStart() == Long.MAX_VALUE ? "patience" : "slackWhenReady";
        return List.of(new Factor(name, -1, slackWhenReady(task)), Factor.waiting(slope(), task.waitedMicros()));
    }
}
