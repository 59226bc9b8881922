package dev.ropewalk.scheduling;

import dev.ropewalk.strategy.Factor;
import dev.ropewalk.strategy.SchedulingContext;
import dev.ropewalk.strategy.SchedulingStrategy;
import java.util.List;

/// Asks the strategies. One that throws is treated as if it had returned 0: a mistake in an order is
/// no reason to stop an execution.
final class Ranking {

    private final Ready ready = new Ready();
    private final Reviews reviews;
    private SchedulingContext context = SchedulingContext.IDLE;

    Ranking(Reviews reviews) {
        this.reviews = reviews;
    }

    void context(SchedulingContext now) {
        context = now;
    }

    /// The task's head start, and a note of when to ask again.
    int headStart(Group group, int task, long queuedAt, long now) {
        StrategyClass kind = group.lane.kind;
        if (kind.plain()) {
            return 0;
        }
        SchedulingStrategy strategy = kind.strategy();
        ready.at(group.execution, task, queuedAt, now);
        try {
            int headStart = HeadStart.of(strategy.base(ready, context), kind.scale());
            long again = strategy.changesAt(ready, context);
            if (again != Long.MAX_VALUE) {
                reviews.set(group, task, Math.max(again, now + 1));
            }
            return headStart;
        } catch (RuntimeException e) {
            return 0;
        }
    }

    int executionHeadStart(Group group) {
        StrategyClass kind = group.lane.kind;
        if (kind.plain()) {
            return 0;
        }
        try {
            return HeadStart.of(kind.strategy().executionBase(group.execution, context), kind.scale());
        } catch (RuntimeException e) {
            return 0;
        }
    }

    List<Factor> explain(Group group, int task, long queuedAt, long now) {
        return group.lane.kind.strategy().explain(ready.at(group.execution, task, queuedAt, now), context);
    }
}
