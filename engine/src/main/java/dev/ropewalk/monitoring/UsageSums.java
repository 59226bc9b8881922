package dev.ropewalk.monitoring;

import dev.ropewalk.ResourceUsage;
import dev.ropewalk.execution.Efficiency;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.ResourceGrant;
import dev.ropewalk.execution.ResourceUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the tasks of an execution consumed, added up from its events: what their attempts reported, and
/// the amounts of pools that they held, times how long.
final class UsageSums {

    private record Use(String task, String type, String unit) {}

    private record Held(List<ResourceGrant> grants, long since) {}

    private static final class Sum {
        private double amount;
        private long microCost;
        private long from;
        private long until;
        private final Efficiency efficiency = new Efficiency();

        private void seen(long since, long at) {
            from = from == 0 ? since : from;
            until = at;
        }
    }

    private final TaskNames names;
    private final Map<Use, Sum> sums = new LinkedHashMap<>();
    private final Map<Integer, Held> held = new HashMap<>();

    UsageSums(TaskNames names) {
        this.names = names;
    }

    void follow(LogEvent event) {
        switch (event) {
            case LogEvent.TaskStarted e -> {
                if (!e.grants().isEmpty()) {
                    held.put(e.task(), new Held(e.grants(), e.at()));
                }
            }
            case LogEvent.TaskCompleted e -> ended(e.task(), e.usage(), e.at(), e.runMicros());
            case LogEvent.CompletionHeld e -> ended(e.task(), e.usage(), e.at(), e.runMicros());
            case LogEvent.AttemptFailed e -> ended(e.task(), e.usage(), e.at(), e.runMicros());
            case LogEvent.AttemptStopped e -> ended(e.task(), List.of(), e.at(), 0);
            default -> {}
        }
    }

    private void ended(int task, List<ResourceUse> uses, long at, long runMicros) {
        for (ResourceUse use : uses) {
            Sum sum = sum(task, use.type(), use.unit());
            // Peaks do not add up: of memory the highest counts.
            sum.amount = use.type().equals("memory")
                    ? Math.max(sum.amount, use.milliAmount() / 1e3)
                    : sum.amount + use.milliAmount() / 1e3;
            sum.microCost += use.microCost();
            sum.seen(at - runMicros, at);
        }
        Held known = held.isEmpty() ? null : held.remove(task);
        if (known != null) {
            known.grants.forEach(grant -> held(task, grant, uses, known.since, at));
        }
    }

    private void held(int task, ResourceGrant grant, List<ResourceUse> uses, long since, long at) {
        if (grant.kind() != ResourceGrant.Kind.POOL) {
            return;
        }
        Sum sum = sum(task, grant.type(), grant.unit() + " × s");
        sum.amount += grant.amount() / 1e3 * ((at - since) / 1e6);
        sum.microCost += grant.microCost(at - since);
        sum.efficiency.add(List.of(grant), uses, at - since);
        sum.seen(since, at);
    }

    private Sum sum(int task, String type, String unit) {
        return sums.computeIfAbsent(new Use(names.path(task), type, unit), _ -> new Sum());
    }

    List<ResourceUsage> usage() {
        List<ResourceUsage> usage = new ArrayList<>(sums.size());
        sums.forEach((use, sum) -> usage.add(new ResourceUsage(
                use.task(),
                use.type(),
                use.unit(),
                sum.amount,
                sum.microCost == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum.microCost / 1e6),
                ResultAssembly.instant(sum.from),
                Optional.of(ResultAssembly.instant(sum.until)),
                sum.efficiency.value())));
        return List.copyOf(usage);
    }
}
