package dev.ropewalk.format;

import dev.ropewalk.plan.ExecutionPlan;
import java.util.List;
import java.util.Optional;

/// What came of reading and compiling a plan file.
///
/// @param plan to execute; present if and only if there are no problems
/// @param problems of form and of meaning, in the order of their lines; at most two hundred
/// @param omitted how many more there are
public record CheckedPlan(Optional<ExecutionPlan> plan, List<LocatedProblem> problems, int omitted) {

    public CheckedPlan {
        problems = List.copyOf(problems);
        if (plan.isPresent() != problems.isEmpty()) {
            throw new IllegalArgumentException("a plan has no problems, and what has none is a plan: " + problems);
        }
    }
}
