package dev.ropewalk.monitoring;

import dev.ropewalk.ExecutionEventType;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.ResourceGrant;
import dev.ropewalk.execution.ResourceUse;
import dev.ropewalk.execution.Settlement;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What running attempts hold, and how people are told of it: one event for each thing that an attempt
/// was given and gives back. Remembers only attempts that hold something.
final class HeldGrants {

    /// What people see of one thing that was given or given back.
    interface Sink {
        void add(ExecutionEventType type, String description, Map<String, @Nullable Object> facts);
    }

    private record Held(List<ResourceGrant> grants, long since) {}

    private final Map<Integer, Held> held = new HashMap<>();

    void started(LogEvent.TaskStarted event, Sink sink) {
        if (event.grants().isEmpty()) {
            return;
        }
        held.put(event.task(), new Held(event.grants(), event.at()));
        for (ResourceGrant grant : event.grants()) {
            sink.add(
                    ExecutionEventType.RESOURCE_ALLOCATED,
                    (isEstimate(grant) ? "reserved " : "got ") + words(grant, grant.amount()),
                    facts(grant));
        }
    }

    void ended(int task, long at, List<ResourceUse> usage, Sink sink) {
        Held known = held.isEmpty() ? null : held.remove(task);
        if (known == null) {
            return;
        }
        Settlement used = Settlement.of(known.grants, usage);
        for (ResourceGrant grant : known.grants) {
            Map<String, @Nullable Object> facts = facts(grant);
            facts.put("heldMs", (at - known.since) / 1_000);
            String description = "gave back " + words(grant, grant.amount());
            if (isEstimate(grant)) {
                long amount = grant.kind() == ResourceGrant.Kind.TOKENS ? used.tokens() : used.microCost();
                facts.put("used", number(grant, amount));
                description = "used " + words(grant, amount);
            }
            sink.add(ExecutionEventType.RESOURCE_RELEASED, description, facts);
        }
    }

    private static boolean isEstimate(ResourceGrant grant) {
        return grant.kind() == ResourceGrant.Kind.TOKENS || grant.kind() == ResourceGrant.Kind.MONEY;
    }

    private static Map<String, @Nullable Object> facts(ResourceGrant grant) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("kind", grant.kind().name());
        if (!grant.name().isEmpty()) {
            facts.put("resource", grant.name());
        }
        facts.put("amount", number(grant, grant.amount()));
        if (!grant.unit().isEmpty()) {
            facts.put("unit", grant.unit());
        }
        return facts;
    }

    private static double number(ResourceGrant grant, long amount) {
        return switch (grant.kind()) {
            case POOL -> amount / 1e3;
            case MONEY -> amount / 1e6;
            case GROUP, LOCK, TOKENS -> amount;
        };
    }

    private static String words(ResourceGrant grant, long amount) {
        return switch (grant.kind()) {
            case POOL -> "%s %s of pool %s".formatted(decimal(amount, 3), grant.unit(), grant.name());
            case GROUP -> "a place in group " + grant.name();
            case LOCK -> "the lock " + grant.name();
            case TOKENS -> amount + " tokens";
            case MONEY -> decimal(amount, 6) + " of money";
        };
    }

    private static String decimal(long amount, int digits) {
        return BigDecimal.valueOf(amount, digits).stripTrailingZeros().toPlainString();
    }
}
