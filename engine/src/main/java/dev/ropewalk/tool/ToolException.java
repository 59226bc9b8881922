package dev.ropewalk.tool;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An attempt failed in a way that the tool can name.
public final class ToolException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;
    private final transient Details details;

    private record Details(Map<String, @Nullable Object> context, Optional<Duration> retryAfter, List<Usage> usage) {}

    private ToolException(String code, String message, boolean retryable, Details details, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.code = Objects.requireNonNull(code, "code");
        this.retryable = retryable;
        this.details = details;
    }

    /// A failure that another attempt may not meet.
    ///
    /// @param code stable, upper case: `TIMEOUT`, `IO`, `HTTP_503`, `EXIT_1`
    public static ToolException retryable(String code, String message) {
        return new ToolException(code, message, true, new Details(Map.of(), Optional.empty(), List.of()), null);
    }

    /// A failure that every further attempt would meet as well; it is not retried, whatever the
    /// task's retry policy says.
    public static ToolException permanent(String code, String message) {
        return new ToolException(code, message, false, new Details(Map.of(), Optional.empty(), List.of()), null);
    }

    public ToolException causedBy(Throwable cause) {
        return new ToolException(code, message(), retryable, details, cause);
    }

    /// With facts for whoever reads the failure, JSON-like as in [ToolResult#value()].
    public ToolException withContext(Map<String, @Nullable Object> context) {
        return new ToolException(
                code, message(), retryable, new Details(context, details.retryAfter, details.usage), getCause());
    }

    /// With the least delay before the next attempt that the called side asked for.
    public ToolException withRetryAfter(Duration delay) {
        return new ToolException(
                code,
                message(),
                retryable,
                new Details(details.context, Optional.of(delay), details.usage),
                getCause());
    }

    /// With what the failed call consumed.
    public ToolException withUsage(List<Usage> usage) {
        return new ToolException(
                code,
                message(),
                retryable,
                new Details(details.context, details.retryAfter, List.copyOf(usage)),
                getCause());
    }

    public String code() {
        return code;
    }

    public String message() {
        return Objects.requireNonNull(getMessage());
    }

    public boolean isRetryable() {
        return retryable;
    }

    public Map<String, @Nullable Object> context() {
        return details.context;
    }

    public Optional<Duration> retryAfter() {
        return details.retryAfter;
    }

    public List<Usage> usage() {
        return details.usage;
    }
}
