package dev.ropewalk.plan;

import java.util.List;

/// What came of compiling a workflow.
public sealed interface Compilation {

    record Compiled(ExecutionPlan plan) implements Compilation {}

    /// Everything that is wrong with it at once.
    ///
    /// @param problems at least one, at most a hundred
    /// @param omitted how many more there are
    record Rejected(List<Problem> problems, int omitted) implements Compilation {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    /// The problems; none if it compiled.
    default List<Problem> problems() {
        return switch (this) {
            case Compiled _ -> List.of();
            case Rejected(List<Problem> problems, int _) -> problems;
        };
    }
}
