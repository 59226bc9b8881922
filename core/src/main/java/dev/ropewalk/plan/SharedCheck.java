package dev.ropewalk.plan;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Checks what is declared to be shared, and what is needed of it, against the range in which it makes
/// sense, and refuses the parts that are not built yet.
final class SharedCheck {

    static final long MOST_TOKENS = 1_000_000_000_000_000L;
    static final long MOST_MILLI_VALUE = 1_000_000_000_000L;

    private static final int MOST_ATTEMPTS = 1_000_000;
    private static final int MOST_QUEUED = 1_000_000_000;
    private static final int MOST_ENTRIES = 64;
    private static final int LONGEST_TEXT = 128;
    private static final Duration LONGEST_PERIOD = Duration.ofDays(31);
    private static final Duration LONGEST_GRACE = Duration.ofDays(1);

    private final Problems problems;
    private final Set<PlanPart> notBuilt;

    SharedCheck(Problems problems, Set<PlanPart> notBuilt) {
        this.problems = problems;
        this.notBuilt = notBuilt;
    }

    void shared(SharedResources shared, Location at) {
        shared.pools().forEach(pool -> pool(pool, at.key("pools").key(pool.name())));
        shared.groups().forEach(group -> group(group, at.key("groups").key(group.name())));
        shared.budget().ifPresent(budget -> {
            unbuilt(PlanPart.PLAN_BUDGETS, true, at.key("budget"));
            budget(budget, at.key("budget"));
        });
    }

    void ordering(Ordering ordering, Location at) {
        unbuilt(PlanPart.STRATEGY, ordering.strategy().isPresent(), at.key("strategy"));
        unbuilt(PlanPart.TENANT, !ordering.tenant().isEmpty(), at.key("tenant"));
        unbuilt(PlanPart.VALUE, ordering.milliValue() != 0, at.key("value"));
        text(ordering.tenant(), "tenant", at.key("tenant"));
        milli(ordering.milliValue(), 0, MOST_MILLI_VALUE, at.key("value"));
    }

    private void pool(ResourcePool pool, Location at) {
        unbuilt(PlanPart.RESOURCES, true, at);
        unbuilt(PlanPart.POOL_COST, pool.microCostPerUnitHour() != 0, at.key("cost"));
        unbuilt(PlanPart.POOL_QUEUE, pool.maxQueued() != 0, at.key("maxQueued"));
        unbuilt(PlanPart.POOL_PREEMPTION, pool.preemption(), at.key("preemption"));
        unbuilt(PlanPart.POOL_STRATEGY, pool.strategy().isPresent(), at.key("strategy"));
        Identifier.check(pool.name(), "pool's name", at, problems);
        if (!pool.type().equals(pool.name())) {
            Identifier.check(pool.type(), "resource type", at.key("type"), problems);
        }
        milli(pool.milliCapacity(), 1, Quantity.MOST_MILLI, at.key("capacity"));
        text(pool.unit(), "unit", at.key("unit"));
        attributes(pool.attributes(), "attributes", at.key("attributes"));
        whole(pool.maxQueued(), 0, MOST_QUEUED, at.key("maxQueued"));
        money(pool.microCostPerUnitHour(), at.key("cost").key("amount"));
        Location grace = at.key("preemption").key("grace");
        period(pool.preemptionGraceMicros(), 0, LONGEST_GRACE, grace);
    }

    private void group(ConcurrencyGroup group, Location at) {
        unbuilt(PlanPart.GROUPS, true, at);
        unbuilt(PlanPart.REQUEST_RATES, group.requests().isPresent(), at.key("requests"));
        unbuilt(PlanPart.TOKEN_RATES, group.tokens().isPresent(), at.key("tokens"));
        unbuilt(PlanPart.GROUP_BUDGETS, group.budget().isPresent(), at.key("budget"));
        unbuilt(PlanPart.ADAPTIVE_GROUPS, group.adaptive().isPresent(), at.key("adaptive"));
        Identifier.check(group.name(), "group's name", at, problems);
        whole(group.maxConcurrent(), 0, MOST_ATTEMPTS, at.key("maxConcurrent"));
        group.requests().ifPresent(rate -> rate(rate, at.key("requests")));
        group.tokens().ifPresent(rate -> rate(rate, at.key("tokens")));
        group.budget().ifPresent(budget -> budget(budget, at.key("budget")));
        group.adaptive().ifPresent(adaptive -> adaptive(adaptive, group.maxConcurrent(), at.key("adaptive")));
        boolean limits = group.maxConcurrent() != 0
                || group.requests().isPresent()
                || group.tokens().isPresent()
                || group.budget().isPresent()
                || group.adaptive().isPresent();
        if (!limits) {
            problems.add(
                    Problem.INVALID_VALUE,
                    at,
                    () -> "the group " + Quoted.of(group.name()) + " limits nothing",
                    () -> "say maxConcurrent, requests, tokens, budget or adaptive");
        }
    }

    private void adaptive(ConcurrencyGroup.Adaptive adaptive, int maxConcurrent, Location at) {
        whole(adaptive.min(), 1, MOST_ATTEMPTS, at.key("min"));
        whole(adaptive.max(), 1, MOST_ATTEMPTS, at.key("max"));
        if (adaptive.min() > adaptive.max()) {
            invalid(
                    at.key("min"),
                    Quoted.count(adaptive.min()) + " is more than max, " + Quoted.count(adaptive.max()),
                    "make max the greater of both");
        }
        if (maxConcurrent != 0 && adaptive.max() > maxConcurrent) {
            invalid(
                    at.key("max"),
                    Quoted.count(adaptive.max()) + " is more than maxConcurrent, " + Quoted.count(maxConcurrent),
                    "leave maxConcurrent out, or lower max");
        }
    }

    private void rate(RateLimit rate, Location at) {
        whole(rate.amount(), 1, MOST_TOKENS, at.key("limit"));
        period(rate.periodMicros(), 1, LONGEST_PERIOD, at.key("per"));
    }

    private void budget(Budget budget, Location at) {
        if (budget.microMoney() == 0 && budget.tokens() == 0) {
            invalid(at, "the budget limits nothing", "say money or tokens");
        }
        money(budget.microMoney(), at.key("money"));
        whole(budget.tokens(), 0, MOST_TOKENS, at.key("tokens"));
        try {
            ZoneId.of(budget.zone());
        } catch (DateTimeException _) {
            invalid(
                    at.key("zone"),
                    Quoted.of(budget.zone()) + " is not a time zone",
                    "write one such as UTC or Europe/Berlin");
        }
    }

    void needs(Needs needs, Location at) {
        unbuilt(PlanPart.RESOURCES, !needs.resources().isEmpty(), at.key("resources"));
        unbuilt(PlanPart.GROUPS, !needs.groups().isEmpty(), at.key("group"));
        unbuilt(PlanPart.ESTIMATED_TOKENS, needs.estimatedTokens() != 0, at.key("estimatedTokens"));
        unbuilt(PlanPart.ESTIMATED_COST, needs.estimatedMicroCost() != 0, at.key("estimatedCost"));
        unbuilt(PlanPart.AGENT, needs.agent().isPresent(), at.key("agent"));
        unbuilt(PlanPart.BATCH, needs.batch().isPresent(), at.key("batch"));
        unbuilt(PlanPart.PREEMPTIBLE, needs.preemptible(), at.key("preemptible"));
        unbuilt(PlanPart.VALUE, needs.milliValue() != 0, at.key("value"));
        entries(needs.resources().size(), "resources", at.key("resources"));
        for (int i = 0; i < needs.resources().size(); i++) {
            resource(needs.resources().get(i), at.key("resources").index(i));
        }
        groups(needs.groups(), at.key("group"));
        whole(needs.estimatedTokens(), 0, MOST_TOKENS, at.key("estimatedTokens"));
        money(needs.estimatedMicroCost(), at.key("estimatedCost"));
        milli(needs.milliValue(), 0, MOST_MILLI_VALUE, at.key("value"));
        needs.agent().ifPresent(agent -> agent(agent, at.key("agent")));
        needs.batch().ifPresent(batch -> {
            whole(batch.maxSize(), 2, 10_000, at.key("batch").key("maxSize"));
            period(batch.maxWaitMicros(), 0, LONGEST_GRACE, at.key("batch").key("maxWait"));
        });
    }

    void groups(List<String> names, Location at) {
        entries(names.size(), "groups", at);
        for (int i = 0; i < names.size(); i++) {
            if (names.indexOf(names.get(i)) < i) {
                invalid(at.index(i), "the group " + Quoted.of(names.get(i)) + " is named twice", "name it once");
            }
        }
    }

    private void resource(ResourceRequirement resource, Location at) {
        unbuilt(PlanPart.RESOURCE_DURATION, resource.durationMicros() != 0, at.key("duration"));
        unbuilt(
                PlanPart.RESOURCE_PRIORITY,
                resource.priority() != ResourceRequirement.DEFAULT_PRIORITY,
                at.key("priority"));
        Identifier.check(resource.type(), "resource type", at.key("type"), problems);
        milli(resource.milliAmount(), 1, Quantity.MOST_MILLI, at.key("amount"));
        period(resource.durationMicros(), 0, Amounts.MAX_TIMEOUT, at.key("duration"));
        whole(resource.priority(), 0, 10, at.key("priority"));
        attributes(resource.constraints(), "constraints", at.key("constraints"));
    }

    private void agent(AgentRequirement agent, Location at) {
        if (agent.type().isEmpty()
                && agent.capabilities().isEmpty()
                && agent.sticky().isEmpty()) {
            invalid(at, "it asks nothing of an agent", "say type, capabilities or sticky");
        }
        text(agent.type(), "type of agent", at.key("type"));
        text(agent.sticky(), "key", at.key("sticky"));
        entries(agent.capabilities().size(), "capabilities", at.key("capabilities"));
        new TreeMap<>(agent.capabilities()).forEach((capability, proficiency) -> {
            Location each = at.key("capabilities").key(capability);
            text(capability, "capability", each);
            milli(proficiency, 0, 1_000, each);
        });
    }

    private void attributes(Map<String, String> attributes, String what, Location at) {
        entries(attributes.size(), what, at);
        new TreeMap<>(attributes).forEach((key, value) -> {
            Identifier.check(key, "attribute's name", at.key(key), problems);
            text(value, "value", at.key(key));
        });
    }

    private void entries(int found, String what, Location at) {
        if (found > MOST_ENTRIES) {
            invalid(
                    at,
                    "there are " + Quoted.count(found) + " " + what + ", more than " + MOST_ENTRIES,
                    "say the most important ones");
        }
    }

    private void text(String text, String what, Location at) {
        if (text.length() > LONGEST_TEXT || !Quoted.isVisible(text)) {
            invalid(
                    at,
                    Quoted.of(text) + " cannot be a " + what,
                    "use at most " + LONGEST_TEXT + " characters, all of which can be seen");
        }
    }

    private void milli(long value, long least, long most, Location at) {
        within(value, least, most, Quantity.MILLI, at);
    }

    private void money(long value, Location at) {
        within(value, 0, Quantity.MOST_MICRO, Quantity.MICRO, at);
    }

    private void whole(long value, long least, long most, Location at) {
        within(value, least, most, 0, at);
    }

    private void within(long value, long least, long most, int decimals, Location at) {
        if (value < least || value > most) {
            invalid(
                    at,
                    "%s is not from %s to %s"
                            .formatted(
                                    Quantity.plain(value, decimals),
                                    Quantity.plain(least, decimals),
                                    Quantity.plain(most, decimals)),
                    "use an amount in that range");
        }
    }

    private void period(long micros, long least, Duration longest, Location at) {
        if (micros < least || micros > longest.toNanos() / 1_000) {
            String found = Quoted.duration(Duration.of(micros, ChronoUnit.MICROS));
            String days = longest.toDays() == 1 ? "1 day" : longest.toDays() + " days";
            invalid(
                    at,
                    micros < least ? found + " must be longer than zero" : found + " is longer than " + days,
                    "use a duration of at most " + days);
        }
    }

    private void invalid(Location at, String message, String remedy) {
        problems.add(Problem.INVALID_VALUE, at, message, remedy);
    }

    private void unbuilt(PlanPart part, boolean used, Location at) {
        if (used && notBuilt.contains(part)) {
            problems.add(Problem.UNSUPPORTED, at, part.message(), part.remedy());
        }
    }
}
