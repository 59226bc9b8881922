package dev.ropewalk.plan;

/// The bytes are not a plan that this version can read.
public final class CorruptPlanException extends RuntimeException {

    public static final String CORRUPT = "PLAN_CORRUPT";
    public static final String TOO_NEW = "PLAN_TOO_NEW";

    private static final long serialVersionUID = 1L;

    private final String code;

    CorruptPlanException(String code, String message) {
        super(message + " [" + code + "]");
        this.code = code;
    }

    /// [#CORRUPT] if the bytes are damaged, [#TOO_NEW] if a later version wrote them.
    public String code() {
        return code;
    }
}
