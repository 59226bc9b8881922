package dev.ropewalk.plan;

import java.util.List;

/// Where the names in an expression are looked up: the variables of one workflow and its tasks.
///
/// A plan has one scope for itself and one for every sub-plan inlined into it. The variables of the
/// outermost scope are literal; those of a sub-plan may be expressions, evaluated in `parent`.
///
/// @param parent the index of the scope in which `variables` are evaluated, or -1 for the outermost
/// @param prefix what stands before the ids of the scope's tasks in their paths: empty or `sub/`
/// @param variables by name, in the order declared
public record Scope(int parent, String prefix, List<Template.Entry> variables) {
    public Scope {
        variables = List.copyOf(variables);
    }
}
