package dev.ropewalk.plan;

import java.util.Objects;

/// One thing that is wrong with a plan.
///
/// @param code stable, upper case
/// @param path where: `steps[0].tasks[2].after[0]`; empty for the plan as a whole
/// @param message what is wrong, with the value found
/// @param remedy what would do; may be empty
public record Problem(String code, String path, String message, String remedy) {

    public static final String AGENT_UNKNOWN = "AGENT_UNKNOWN";
    public static final String CYCLE = "CYCLE";
    public static final String DUPLICATE_ID = "DUPLICATE_ID";
    public static final String EMPTY_PLAN = "EMPTY_PLAN";
    public static final String EMPTY_STEP = "EMPTY_STEP";
    public static final String EXPRESSION_INVALID = "EXPRESSION_INVALID";
    public static final String EXPRESSION_UNSUPPORTED = "EXPRESSION_UNSUPPORTED";
    public static final String GROUP_UNKNOWN = "GROUP_UNKNOWN";
    public static final String INVALID_ID = "INVALID_ID";
    public static final String INVALID_VALUE = "INVALID_VALUE";
    public static final String LIMIT_EXCEEDED = "LIMIT_EXCEEDED";
    public static final String NEVER_MET = "NEVER_MET";
    public static final String PARALLEL_DEPENDENCY = "PARALLEL_DEPENDENCY";
    public static final String RESOURCE_UNKNOWN = "RESOURCE_UNKNOWN";
    public static final String STRATEGY_UNKNOWN = "STRATEGY_UNKNOWN";
    public static final String TOOL_UNKNOWN = "TOOL_UNKNOWN";
    public static final String UNKNOWN_STEP = "UNKNOWN_STEP";
    public static final String UNKNOWN_TASK = "UNKNOWN_TASK";
    public static final String UNREACHABLE = "UNREACHABLE";
    public static final String UNSUPPORTED = "UNSUPPORTED";
    public static final String VARIABLE_MISSING = "VARIABLE_MISSING";
    public static final String VARIABLE_TYPE = "VARIABLE_TYPE";
    public static final String VARIABLE_UNKNOWN = "VARIABLE_UNKNOWN";

    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(remedy, "remedy");
    }

    /// In one line: `steps[0].tasks[2].after[0]: "fetsh" is not a task of this plan; did you mean
    /// "fetch"?`
    public String text() {
        return (path.isEmpty() ? "" : path + ": ") + message + (remedy.isEmpty() ? "" : "; " + remedy);
    }
}
