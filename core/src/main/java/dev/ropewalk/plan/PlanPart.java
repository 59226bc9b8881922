package dev.ropewalk.plan;

/// Parts of a plan that some versions of the engine honour and others do not; see [NotBuiltYet].
enum PlanPart {
    GROUPS("a concurrency group is", "leave it out; `maxParallel` of the plan bounds how many attempts run at once"),
    REQUEST_RATES("a rate of requests is", "leave it out"),
    TOKEN_RATES("a rate of tokens is", "leave it out"),
    ADAPTIVE_GROUPS("`adaptive` of a group is", "say a fixed `maxConcurrent`"),
    GROUP_BUDGETS("the budget of a group is", "leave it out"),
    PLAN_BUDGETS("the budget of a plan is", "leave it out"),
    ESTIMATED_TOKENS("`estimatedTokens` of a task is", "leave it out"),
    ESTIMATED_COST("`estimatedCost` of a task is", "leave it out"),
    RESOURCES("a pool or a resource of it is", "leave it out; nothing is reserved yet"),
    POOL_COST("`cost` of a pool is", "leave it out"),
    POOL_QUEUE("`maxQueued` of a pool is", "leave it out"),
    POOL_PREEMPTION("`preemption` of a pool is", "leave it out; nothing is preempted yet"),
    POOL_STRATEGY("`strategy` of a pool is", "leave it out; the engine's holds for all pools"),
    RESOURCE_DURATION("`duration` of a resource is", "leave it out; it is held while the attempt runs"),
    RESOURCE_PRIORITY("`priority` of a resource is", "say the `priority` of the task"),
    STRATEGY("`strategy` of a plan is", "leave it out; ready tasks start in the order written"),
    TENANT("`tenant` of a plan is", "leave it out"),
    VALUE("`value` is", "use `priority`"),
    AGENT("`agent` of a task is", "leave it out and name a `tool`; attempts run in this process"),
    BATCH("`batch` of a task is", "leave it out; every task is a call of its own"),
    PREEMPTIBLE("`preemptible` of a task is", "leave it out; nothing is preempted yet");

    private final String subject;
    private final String remedy;

    PlanPart(String subject, String remedy) {
        this.subject = subject;
        this.remedy = remedy;
    }

    String message() {
        return subject + " not built yet";
    }

    String remedy() {
        return remedy;
    }
}
