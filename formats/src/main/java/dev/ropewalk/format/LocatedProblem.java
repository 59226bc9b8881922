package dev.ropewalk.format;

import dev.ropewalk.plan.Problem;
import java.util.Objects;

/// One thing that is wrong with a plan file, and where.
///
/// @param file as the user named it; of a sub-plan, relative to the outermost plan's directory
/// @param line from 1
/// @param column from 1, in characters
/// @param path where in the plan: `steps[0].tasks[2].after[0]`; empty for the file as a whole
/// @param code stable, upper case
/// @param message what is wrong, with the value found
/// @param remedy what would do; may be empty
public record LocatedProblem(
        String file, int line, int column, String path, String code, String message, String remedy) {

    public LocatedProblem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(remedy, "remedy");
    }

    /// `plan.yaml:7:15  steps[0].tasks[2].after[0]  there is no task "fetsh"  → did you mean "fetch"?`
    public String render() {
        StringBuilder line = new StringBuilder();
        line.append(file).append(':').append(this.line).append(':').append(column);
        if (!path.isEmpty()) {
            line.append("  ").append(path);
        }
        line.append("  ").append(message);
        if (!remedy.isEmpty()) {
            line.append("  → ").append(remedy);
        }
        return line.toString();
    }

    /// Without its position.
    public Problem problem() {
        return new Problem(code, path, message, remedy);
    }
}
