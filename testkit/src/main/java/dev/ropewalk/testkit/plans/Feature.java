package dev.ropewalk.testkit.plans;

/// What a random workflow may make use of.
public enum Feature {
    SEQUENTIAL,
    PARALLEL,
    CONDITIONAL,
    /// Steps and tasks that come after others.
    AFTER,
    STEP_RETRY,
    CONTINUE,
    SUB_PLAN,
    EACH_TASK,
    EACH_STEP,
    WHEN,
    FALLBACK,
    SKIP,
    RETRY,
    RETRY_RULES,
    TIMEOUT,
    EXECUTION_TIMEOUT,
    UNKNOWN_WHEN_LOST,
    MAX_PARALLEL,
    /// Arguments that use results of other tasks.
    REFERENCES,
    RESULT,
    SECRETS,
    /// Expressions that cannot be evaluated.
    FAILING_EXPRESSIONS,
    /// Dependencies on starts, and completions that are held.
    DEPENDENCY_TYPES,
    LAG,
    DEPENDENCY_CONDITION,
    NOT_BEFORE,
    WINDOW,
    DEADLINE
}
