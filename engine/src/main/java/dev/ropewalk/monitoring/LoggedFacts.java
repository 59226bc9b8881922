package dev.ropewalk.monitoring;

import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ResourceUsage;
import dev.ropewalk.plan.ExecutionPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is not kept in memory of an execution that has ended: its events, and what its tasks consumed.
/// Read from the log at once when one of them is first asked for. Safe for use by several threads.
final class LoggedFacts {

    private record Facts(List<ExecutionEvent> timeline, List<ResourceUsage> usage) {}

    private final LogReader log;
    private final ExecutionPlan plan;
    private final long execution;
    private @Nullable Facts facts;

    LoggedFacts(LogReader log, ExecutionPlan plan, long execution) {
        this.log = log;
        this.plan = plan;
        this.execution = execution;
    }

    List<ExecutionEvent> timeline() {
        return facts().timeline();
    }

    List<ResourceUsage> resourceUsage() {
        return facts().usage();
    }

    private synchronized Facts facts() {
        Facts known = facts;
        if (known == null) {
            known = read();
            facts = known;
        }
        return known;
    }

    private Facts read() {
        EventProjection projection = new EventProjection(plan);
        UsageSums sums = new UsageSums(projection.names());
        List<ExecutionEvent> timeline = new ArrayList<>();
        log.forEach(execution, 1, event -> {
            projection.project(event, timeline);
            sums.follow(event);
        });
        return new Facts(List.copyOf(timeline), sums.usage());
    }
}
