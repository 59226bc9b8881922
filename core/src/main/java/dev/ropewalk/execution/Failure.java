package dev.ropewalk.execution;

import dev.ropewalk.plan.Payload;
import java.util.Objects;

/// Why an attempt, a task or an execution failed.
///
/// @param code stable, upper case
/// @param message for people
/// @param retryable whether another attempt may succeed
/// @param retryAfterMicros the least delay that the called side asked for; 0 if it asked for none
/// @param context a JSON object with facts
public record Failure(String code, String message, boolean retryable, long retryAfterMicros, Payload context) {

    public static final String TIMEOUT = "TIMEOUT";
    public static final String DEADLINE_MISSED = "DEADLINE_MISSED";
    public static final String EXPRESSION = "EXPRESSION";
    public static final String ATTEMPT_LOST = "ATTEMPT_LOST";
    public static final String OUTCOME_UNKNOWN = "OUTCOME_UNKNOWN";
    public static final String LIMIT_EXCEEDED = "LIMIT_EXCEEDED";
    public static final String ITEMS_FAILED = "ITEMS_FAILED";
    public static final String TASKS_FAILED = "TASKS_FAILED";

    public Failure {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(context, "context");
    }

    public static Failure permanent(String code, String message) {
        return new Failure(code, message, false, 0, Payload.EMPTY_OBJECT);
    }

    public static Failure retryable(String code, String message) {
        return new Failure(code, message, true, 0, Payload.EMPTY_OBJECT);
    }
}
