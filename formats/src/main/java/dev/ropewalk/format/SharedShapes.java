package dev.ropewalk.format;

import java.util.List;
import java.util.Map;

/// The kinds of map in which a plan or a configuration says what is shared, and a task what it needs.
final class SharedShapes {

    static final Shape POOL = new Shape(
            "a pool",
            List.of("type", "capacity", "unit", "cost", "attributes", "maxQueued", "preemption", "strategy"),
            Map.of(),
            Map.ofEntries(
                    Map.entry("amount", "capacity"),
                    Map.entry("size", "capacity"),
                    Map.entry("limit", "capacity"),
                    Map.entry("max", "capacity"),
                    Map.entry("labels", "attributes"),
                    Map.entry("constraints", "attributes"),
                    Map.entry("costPerUnit", "cost"),
                    Map.entry("cost_per_unit", "cost"),
                    Map.entry("max_queued", "maxQueued"),
                    Map.entry("queueSize", "maxQueued"),
                    Map.entry("preemptible", "preemption")));

    static final Shape COST = new Shape(
            "a cost",
            List.of("amount", "per"),
            Map.of(),
            Map.of("money", "amount", "price", "amount", "period", "per", "every", "per"));

    static final Shape PREEMPTION = new Shape(
            "preemption", List.of("grace"), Map.of(), Map.of("gracePeriod", "grace", "grace_period", "grace"));

    static final Shape GROUP = new Shape(
            "a group",
            List.of("maxConcurrent", "requests", "tokens", "budget", "adaptive"),
            Map.of(),
            Map.ofEntries(
                    Map.entry("max_concurrent", "maxConcurrent"),
                    Map.entry("maxConcurrency", "maxConcurrent"),
                    Map.entry("maxParallel", "maxConcurrent"),
                    Map.entry("concurrency", "maxConcurrent"),
                    Map.entry("limit", "maxConcurrent"),
                    Map.entry("rate_limit", "requests"),
                    Map.entry("rateLimit", "requests"),
                    Map.entry("rate", "requests"),
                    Map.entry("tokenRate", "tokens"),
                    Map.entry("token_rate", "tokens")));

    static final Shape RATE = new Shape(
            "a rate",
            List.of("limit", "per"),
            Map.of(),
            Map.of(
                    "requests", "limit",
                    "tokens", "limit",
                    "amount", "limit",
                    "max", "limit",
                    "period", "per",
                    "every", "per",
                    "interval", "per",
                    "window", "per"));

    static final Shape ADAPTIVE = new Shape(
            "an adaptive concurrency",
            List.of("min", "max"),
            Map.of(),
            Map.of("minConcurrent", "min", "maxConcurrent", "max"));

    static final Shape BUDGET = new Shape(
            "a budget",
            List.of("money", "tokens", "per", "zone"),
            Map.of(),
            Map.ofEntries(
                    Map.entry("cost", "money"),
                    Map.entry("amount", "money"),
                    Map.entry("limit", "money"),
                    Map.entry("maxCost", "money"),
                    Map.entry("max_cost", "money"),
                    Map.entry("maxTokens", "tokens"),
                    Map.entry("max_tokens", "tokens"),
                    Map.entry("period", "per"),
                    Map.entry("timeZone", "zone"),
                    Map.entry("timezone", "zone")));

    static final Shape RESOURCE = new Shape(
            "a resource",
            List.of("type", "amount", "duration", "priority", "constraints"),
            Map.of(),
            Map.ofEntries(
                    Map.entry("name", "type"),
                    Map.entry("resource", "type"),
                    Map.entry("pool", "type"),
                    Map.entry("quantity", "amount"),
                    Map.entry("count", "amount"),
                    Map.entry("units", "amount"),
                    Map.entry("attributes", "constraints")));

    static final Shape AGENT = new Shape(
            "an agent",
            List.of("type", "capabilities", "sticky"),
            Map.of(),
            Map.of(
                    "agentType", "type",
                    "agent_type", "type",
                    "skills", "capabilities",
                    "requiredCapabilities", "capabilities",
                    "stickyKey", "sticky"));

    static final Shape BATCH = new Shape(
            "a batch",
            List.of("maxSize", "maxWait"),
            Map.of(),
            Map.of(
                    "max_size", "maxSize",
                    "size", "maxSize",
                    "max_wait", "maxWait",
                    "wait", "maxWait",
                    "timeout", "maxWait"));

    static final List<Shape> ALL =
            List.of(POOL, COST, PREEMPTION, GROUP, RATE, ADAPTIVE, BUDGET, RESOURCE, AGENT, BATCH);

    private SharedShapes() {}
}
