package dev.ropewalk.testkit.plans;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

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
    DEADLINE,
    /// Concurrency groups that all plans share.
    GROUPS,
    REQUEST_RATES,
    /// Rates and budgets of tokens.
    TOKENS,
    POOLS,
    LOCKS;

    /// What plans share. Drawn by themselves, so that a seed without them means what it meant before.
    public static final Set<Feature> SHARING =
            Collections.unmodifiableSet(EnumSet.of(GROUPS, REQUEST_RATES, TOKENS, POOLS, LOCKS));
}
