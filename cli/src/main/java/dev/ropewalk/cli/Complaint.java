package dev.ropewalk.cli;

import dev.ropewalk.format.LocatedProblem;
import dev.ropewalk.plan.Problem;

/// One thing that is wrong, as it is shown.
///
/// @param where file, line and column, or empty
/// @param path where in the file, or empty
/// @param remedy what would do, or empty
record Complaint(String code, String where, String path, String message, String remedy) {

    static Complaint of(String code, String message, String remedy) {
        return new Complaint(code, "", "", message, remedy);
    }

    static Complaint of(LocatedProblem problem) {
        return new Complaint(
                problem.code(),
                "%s:%d:%d".formatted(problem.file(), problem.line(), problem.column()),
                problem.path(),
                problem.message(),
                problem.code().equals(Problem.VARIABLE_MISSING)
                        ? problem.remedy() + "; on the command line: --var NAME=VALUE"
                        : problem.remedy());
    }

    /// As a block of lines; its first tells the code.
    String text(Terminal terminal) {
        StringBuilder block = new StringBuilder(terminal.paint("31;1", "error[" + PlainText.of(code) + "]"));
        if (!where.isEmpty()) {
            block.append(' ').append(PlainText.of(where)).append("\n ");
        }
        if (!path.isEmpty()) {
            block.append(' ').append(PlainText.of(path)).append(':');
        }
        block.append(' ').append(PlainText.of(message)).append('\n');
        if (!remedy.isEmpty()) {
            block.append("  → ").append(PlainText.of(remedy)).append('\n');
        }
        return block.toString();
    }
}
