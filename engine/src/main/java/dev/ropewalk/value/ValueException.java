package dev.ropewalk.value;

import java.util.Objects;

/// A value is not what it has to be. The same value would be refused again.
public final class ValueException extends RuntimeException {

    /// Text that should be JSON is not.
    public static final String INVALID_JSON = "INVALID_JSON";

    /// A Java value that has no form in JSON.
    public static final String INVALID_VALUE = "INVALID_VALUE";

    /// Beyond a limit of size, length or depth.
    public static final String VALUE_TOO_LARGE = "VALUE_TOO_LARGE";

    private static final long serialVersionUID = 1L;

    private final String code;

    public ValueException(String code, String message) {
        super(Objects.requireNonNull(message, "message"));
        this.code = Objects.requireNonNull(code, "code");
    }

    public ValueException(String code, String message, Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /// Stable, upper case.
    public String code() {
        return code;
    }

    public String message() {
        return Objects.requireNonNull(getMessage());
    }
}
