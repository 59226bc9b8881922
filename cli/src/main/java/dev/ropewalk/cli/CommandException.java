package dev.ropewalk.cli;

import dev.ropewalk.format.LocatedProblem;
import java.util.List;

/// A command cannot do what was asked of it, for one reason or several.
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Complaint> complaints;
    private final int omitted;

    CommandException(String code, String message, String remedy) {
        this(List.of(Complaint.of(code, message, remedy)), 0);
    }

    /// @param omitted how many more there are
    CommandException(List<Complaint> complaints, int omitted) {
        super(complaints.getFirst().message());
        this.complaints = List.copyOf(complaints);
        this.omitted = omitted;
    }

    static CommandException ofProblems(List<LocatedProblem> problems, int omitted) {
        return new CommandException(problems.stream().map(Complaint::of).toList(), omitted);
    }

    List<Complaint> complaints() {
        return complaints;
    }

    int omitted() {
        return omitted;
    }
}
