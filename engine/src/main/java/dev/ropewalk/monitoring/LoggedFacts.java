package dev.ropewalk.monitoring;

import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ResourceUsage;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.ResourceUse;
import dev.ropewalk.plan.ExecutionPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What is not kept in memory of an execution that has ended: its events, and what its tasks consumed.
/// Read from the log at once when one of them is first asked for. Safe for use by several threads.
final class LoggedFacts {

    private record Facts(List<ExecutionEvent> timeline, List<ResourceUsage> usage) {}

    private record Use(String task, String type, String unit) {}

    private static final class Sum {
        long milliAmount;
        long microCost;
        long from;
        long until;
    }

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
        List<ExecutionEvent> timeline = new ArrayList<>();
        Map<Use, Sum> sums = new LinkedHashMap<>();
        log.forEach(execution, 1, event -> {
            projection.project(event, timeline);
            switch (event) {
                case LogEvent.TaskCompleted e -> add(sums, projection, e.task(), e.usage(), e.at(), e.runMicros());
                case LogEvent.AttemptFailed e -> add(sums, projection, e.task(), e.usage(), e.at(), e.runMicros());
                default -> {}
            }
        });
        List<ResourceUsage> usage = new ArrayList<>(sums.size());
        sums.forEach((use, sum) -> usage.add(new ResourceUsage(
                use.task(),
                use.type(),
                use.unit(),
                sum.milliAmount / 1e3,
                sum.microCost == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum.microCost / 1e6),
                ResultAssembly.instant(sum.from),
                Optional.of(ResultAssembly.instant(sum.until)),
                OptionalDouble.empty())));
        return new Facts(List.copyOf(timeline), List.copyOf(usage));
    }

    /// Peaks do not add up: of memory the highest counts.
    private static void add(
            Map<Use, Sum> sums, EventProjection projection, int task, List<ResourceUse> uses, long at, long runMicros) {
        for (ResourceUse use : uses) {
            Sum sum = sums.computeIfAbsent(
                    new Use(projection.names().path(task), use.type(), use.unit()), _ -> new Sum());
            sum.milliAmount = use.type().equals("memory")
                    ? Math.max(sum.milliAmount, use.milliAmount())
                    : sum.milliAmount + use.milliAmount();
            sum.microCost += use.microCost();
            sum.from = sum.from == 0 ? at - runMicros : sum.from;
            sum.until = at;
        }
    }
}
