package dev.ropewalk.format;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Every kind of map that a plan file is made of, key by key. The published schema says the same; a
/// test compares the two.
final class Shapes {

    private static final String OF_TASKS = "put it on the tasks, or in the plan's `defaults`";

    static final Shape PLAN = new Shape(
            "a plan",
            List.of(
                    "$schema",
                    "name",
                    "version",
                    "description",
                    "tags",
                    "metadata",
                    "variables",
                    "defaults",
                    "maxRetries",
                    "timeout",
                    "maxParallel",
                    "constraints",
                    "strategy",
                    "tenant",
                    "value",
                    "budget",
                    "groups",
                    "pools",
                    "mcpServers",
                    "steps",
                    "result"),
            Map.ofEntries(
                    Map.entry("agents", "register them with the engine; tasks ask for them by `agent`"),
                    Map.entry("triggers", "start the plan yourself, with `ropewalk run`"),
                    Map.entry("notifications", "leave it out")),
            Map.ofEntries(
                    Map.entry("id", "name"),
                    Map.entry("title", "name"),
                    Map.entry("labels", "tags"),
                    Map.entry("vars", "variables"),
                    Map.entry("inputs", "variables"),
                    Map.entry("parameters", "variables"),
                    Map.entry("globalTimeout", "timeout"),
                    Map.entry("maxConcurrentTasks", "maxParallel"),
                    Map.entry("max_concurrent_tasks", "maxParallel"),
                    Map.entry("concurrency", "maxParallel"),
                    Map.entry("mcp_servers", "mcpServers"),
                    Map.entry("servers", "mcpServers"),
                    Map.entry("tools", "mcpServers"),
                    Map.entry("default_retry_policy", "defaults"),
                    Map.entry("output", "result"),
                    Map.entry("outputs", "result"),
                    Map.entry("resources", "pools"),
                    Map.entry("resourcePools", "pools"),
                    Map.entry("resource_pools", "pools"),
                    Map.entry("concurrencyGroups", "groups"),
                    Map.entry("concurrency_groups", "groups"),
                    Map.entry("budgets", "budget"),
                    Map.entry("schedulingStrategy", "strategy"),
                    Map.entry("scheduling_strategy", "strategy"),
                    Map.entry("tasks", "steps"),
                    Map.entry("jobs", "steps"),
                    Map.entry("stages", "steps")));

    static final Shape STEP = new Shape(
            "a step",
            List.of(
                    "id",
                    "name",
                    "description",
                    "tags",
                    "metadata",
                    "mode",
                    "after",
                    "dependencies",
                    "onError",
                    "maxRetries",
                    "forEach",
                    "maxItems",
                    "tasks"),
            Map.ofEntries(
                    Map.entry("group", OF_TASKS),
                    Map.entry("resources", "put it on the tasks"),
                    Map.entry("constraints", "put them on the tasks, or on the plan"),
                    Map.entry("timeout", "put it on the tasks, or in the plan's `defaults`"),
                    Map.entry(
                            "retry",
                            "put it on the tasks, or in the plan's `defaults`; `onError: retry` runs the step again"),
                    Map.entry("when", "put it on the tasks"),
                    Map.entry("plan", "put it on a task of the step")),
            Map.ofEntries(
                    Map.entry("executionMode", "mode"),
                    Map.entry("execution_mode", "mode"),
                    Map.entry("dependsOn", "after"),
                    Map.entry("depends_on", "after"),
                    Map.entry("needs", "after"),
                    Map.entry("on_error", "onError"),
                    Map.entry("max_retries", "maxRetries"),
                    Map.entry("for_each", "forEach"),
                    Map.entry("labels", "tags")));

    static final Shape TASK = new Shape(
            "a task",
            List.of(
                    "id",
                    "name",
                    "description",
                    "tags",
                    "metadata",
                    "tool",
                    "plan",
                    "with",
                    "after",
                    "dependencies",
                    "when",
                    "forEach",
                    "maxItems",
                    "retry",
                    "timeout",
                    "onFailure",
                    "priority",
                    "estimatedDuration",
                    "onLost",
                    "constraints",
                    "group",
                    "resources",
                    "estimatedTokens",
                    "estimatedCost",
                    "agent",
                    "batch",
                    "preemptible",
                    "value"),
            Map.ofEntries(
                    Map.entry("budget", "put it on the plan or on a group"),
                    Map.entry("cache", "leave it out; every task runs")),
            Map.ofEntries(
                    Map.entry("toolId", "tool"),
                    Map.entry("tool_id", "tool"),
                    Map.entry("uses", "tool"),
                    Map.entry("parameters", "with"),
                    Map.entry("params", "with"),
                    Map.entry("arguments", "with"),
                    Map.entry("args", "with"),
                    Map.entry("inputs", "with"),
                    Map.entry("data", "with"),
                    Map.entry("dependsOn", "after"),
                    Map.entry("depends_on", "after"),
                    Map.entry("needs", "after"),
                    Map.entry("condition", "when"),
                    Map.entry("if", "when"),
                    Map.entry("for_each", "forEach"),
                    Map.entry("retryPolicy", "retry"),
                    Map.entry("retry_policy", "retry"),
                    Map.entry("retries", "retry"),
                    Map.entry("maxRetries", "retry"),
                    Map.entry("max_retries", "retry"),
                    Map.entry("onError", "onFailure"),
                    Map.entry("on_failure", "onFailure"),
                    Map.entry("fallback", "onFailure"),
                    Map.entry("estimated_duration", "estimatedDuration"),
                    Map.entry("groups", "group"),
                    Map.entry("concurrency_group", "group"),
                    Map.entry("concurrencyGroup", "group"),
                    Map.entry("resourceRequirements", "resources"),
                    Map.entry("resource_requirements", "resources"),
                    Map.entry("agent_type", "agent"),
                    Map.entry("agentType", "agent"),
                    Map.entry("capabilities", "agent"),
                    Map.entry("estimated_tokens", "estimatedTokens"),
                    Map.entry("maxTokens", "estimatedTokens"),
                    Map.entry("max_tokens", "estimatedTokens"),
                    Map.entry("estimated_cost", "estimatedCost"),
                    Map.entry("batchSize", "batch"),
                    Map.entry("batching", "batch"),
                    Map.entry("preemptable", "preemptible"),
                    Map.entry("labels", "tags")));

    static final Shape DEFAULTS = new Shape(
            "defaults",
            List.of("retry", "timeout", "onFailure", "priority", "group"),
            Map.of("resources", "put it on the tasks"),
            Map.of(
                    "retryPolicy", "retry",
                    "retry_policy", "retry",
                    "globalTimeout", "timeout",
                    "groups", "group",
                    "concurrency_group", "group"));

    static final Shape RETRY = new Shape(
            "a retry policy",
            List.of("maxRetries", "delay", "backoff", "jitter", "maxDelay", "on", "rules"),
            Map.of(),
            Map.ofEntries(
                    Map.entry("max_retries", "maxRetries"),
                    Map.entry("retries", "maxRetries"),
                    Map.entry("maxAttempts", "maxRetries"),
                    Map.entry("retryDelay", "delay"),
                    Map.entry("initialDelay", "delay"),
                    Map.entry("initial_delay", "delay"),
                    Map.entry("backoffMultiplier", "backoff"),
                    Map.entry("backoffFactor", "backoff"),
                    Map.entry("backoff_factor", "backoff"),
                    Map.entry("backoff_multiplier", "backoff"),
                    Map.entry("max_delay", "maxDelay"),
                    Map.entry("retryableErrors", "on"),
                    Map.entry("retry_on", "on"),
                    Map.entry("retryOn", "on")));

    static final Shape RULE = new Shape(
            "a retry rule",
            List.of("on", "maxRetries", "delay"),
            Map.of(),
            Map.of("max_retries", "maxRetries", "retryDelay", "delay", "retryableErrors", "on", "retry_on", "on"));

    static final Shape VARIABLE = new Shape(
            "a variable", List.of("type", "default", "required", "description"), Map.of(), Map.of("value", "default"));

    static final Shape ON_FAILURE = new Shape("a failure policy", List.of("fallback"));

    static final Shape DEPENDENCY = new Shape(
            "a dependency",
            List.of("task", "step", "type", "lag", "condition"),
            Map.of(),
            Map.ofEntries(
                    Map.entry("taskId", "task"),
                    Map.entry("task_id", "task"),
                    Map.entry("id", "task"),
                    Map.entry("on", "task"),
                    Map.entry("stepId", "step"),
                    Map.entry("step_id", "step"),
                    Map.entry("dependencyType", "type"),
                    Map.entry("delay", "lag"),
                    Map.entry("when", "condition"),
                    Map.entry("if", "condition")));

    static final Shape CONSTRAINTS = new Shape(
            "constraints",
            List.of("deadline", "onDeadlineMissed", "notBefore", "windows", "exclusive"),
            Map.of("minInterval", "leave it out; start the plan no more often than that"),
            Map.ofEntries(
                    Map.entry("due", "deadline"),
                    Map.entry("earliestStart", "notBefore"),
                    Map.entry("not_before", "notBefore"),
                    Map.entry("startAfter", "notBefore"),
                    Map.entry("on_deadline_missed", "onDeadlineMissed"),
                    Map.entry("timeWindows", "windows"),
                    Map.entry("time_windows", "windows"),
                    Map.entry("timeWindow", "windows"),
                    Map.entry("window", "windows"),
                    Map.entry("requireExclusive", "exclusive"),
                    Map.entry("locks", "exclusive")));

    static final Shape WINDOW = new Shape(
            "a window",
            List.of("days", "from", "to", "zone"),
            Map.of(),
            Map.of("start", "from", "end", "to", "timezone", "zone", "timeZone", "zone", "daysOfWeek", "days"));

    static final List<Shape> ALL = Stream.concat(
                    Stream.of(
                            PLAN,
                            STEP,
                            TASK,
                            DEFAULTS,
                            RETRY,
                            RULE,
                            VARIABLE,
                            ON_FAILURE,
                            DEPENDENCY,
                            CONSTRAINTS,
                            WINDOW),
                    SharedShapes.ALL.stream())
            .toList();

    private Shapes() {}
}
