package dev.ropewalk.plan;

import java.util.Objects;

/// One thing that is wrong with a plan.
///
/// @param code stable, upper case
/// @param path where: `steps[0].tasks[2].after[0]`; empty for the plan as a whole
/// @param message what is wrong, with the value found
/// @param remedy what would do; may be empty
public record Problem(String code, String path, String message, String remedy) {
    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(remedy, "remedy");
    }
}
