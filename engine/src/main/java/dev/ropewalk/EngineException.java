package dev.ropewalk;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The engine refused something, or cannot go on.
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String remedy;

    /// @param code stable, upper case: `QUEUE_FULL`, `STORE_LOCKED`, `EXECUTION_UNKNOWN` …
    /// @param remedy what would do; may be empty
    public EngineException(String code, String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
        this.remedy = Objects.requireNonNull(remedy, "remedy");
    }

    public EngineException(String code, String message, String remedy) {
        this(code, message, remedy, null);
    }

    public String code() {
        return code;
    }

    public String remedy() {
        return remedy;
    }
}
