package dev.ropewalk.engine;

import dev.ropewalk.execution.Failure;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.value.Json;
import dev.ropewalk.value.Secrets;
import dev.ropewalk.value.ValueException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Makes of whatever was thrown a failure that can be recorded: with a stable code, without secrets, and
/// of bounded length. Safe for use by several threads.
record FailureWords(Secrets secrets) {

    /// What is longer is cut, after secrets were redacted.
    static final int MAX_MESSAGE_CHARS = 4_096;

    private static final String TOOL_ERROR = "TOOL_ERROR";

    /// Of an attempt. An exception that says nothing of itself may not come again; an error will.
    Failure ofAttempt(Throwable thrown) {
        return switch (thrown) {
            case ToolException e -> ofTool(e);
            case InterruptedException _ -> Failure.retryable("INTERRUPTED", "the attempt was interrupted");
            case ExpressionException e -> Failure.permanent(ExpressionException.CODE, message(e));
            case ValueException e -> Failure.permanent(e.code(), message(e));
            case StoreException e -> Failure.retryable(e.code(), message(e));
            case IOException e -> Failure.retryable("IO", message(e));
            case StackOverflowError _ -> Failure.permanent(TOOL_ERROR, "the tool went too deep: stack overflow");
            case VirtualMachineError e -> Failure.retryable(TOOL_ERROR, described(e));
            case Error e -> Failure.permanent(TOOL_ERROR, described(e));
            default -> Failure.retryable(TOOL_ERROR, described(thrown));
        };
    }

    /// Of an evaluation, which is not tried again.
    ///
    /// @param what was evaluated, as the message begins; may be empty
    Failure ofEvaluation(String what, Throwable thrown) {
        return switch (thrown) {
            case ExpressionException e -> Failure.permanent(ExpressionException.CODE, bounded(what + said(e)));
            case ValueException e -> Failure.permanent(e.code(), bounded(what + said(e)));
            case StoreException e -> Failure.permanent(e.code(), bounded(what + said(e)));
            case IOException e -> Failure.permanent("IO", bounded(what + said(e)));
            default -> Failure.permanent("INTERNAL", bounded(what + named(thrown)));
        };
    }

    private Failure ofTool(ToolException e) {
        Payload context;
        try {
            context = e.context().isEmpty()
                    ? Payload.EMPTY_OBJECT
                    : Payload.of(Json.write(secrets.redactExcerpts(e.context()), "context"), Payload.JSON);
        } catch (ValueException unwritable) {
            context = Payload.EMPTY_OBJECT;
        }
        long retryAfter = e.retryAfter().map(delay -> delay.toNanos() / 1_000).orElse(0L);
        return new Failure(e.code(), message(e), e.isRetryable(), retryAfter, context);
    }

    private String message(Throwable thrown) {
        return bounded(said(thrown));
    }

    private String described(Throwable thrown) {
        return bounded(named(thrown));
    }

    private static String named(Throwable thrown) {
        String name = thrown.getClass().getSimpleName();
        String message = messageOf(thrown);
        return message == null ? name : name + ": " + message;
    }

    private static String said(Throwable thrown) {
        String message = messageOf(thrown);
        return message == null ? thrown.getClass().getSimpleName() : message;
    }

    /// A tool's own exception may be unable to say what it is.
    private static @Nullable String messageOf(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException speechless) {
            return null;
        }
    }

    private String bounded(String text) {
        String redacted = secrets.redact(text);
        if (redacted.length() <= MAX_MESSAGE_CHARS) {
            return redacted;
        }
        int end = Character.isHighSurrogate(redacted.charAt(MAX_MESSAGE_CHARS - 1))
                ? MAX_MESSAGE_CHARS - 1
                : MAX_MESSAGE_CHARS;
        return redacted.substring(0, end) + "… [%d characters in all]".formatted(redacted.length());
    }

    /// A virtual machine that is out of something is everybody's business, once the failure is reported.
    static void rethrowIfFatal(@Nullable Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
            throw fatal;
        }
    }
}
