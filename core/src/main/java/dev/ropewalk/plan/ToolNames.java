package dev.ropewalk.plan;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/// Which tools there are, for the check of a plan's `tool` names, and which agents.
///
/// @param exists whether a tool has this name; may know more than `known` lists
/// @param known names to suggest from
/// @param agents what plans may ask of agents
public record ToolNames(Predicate<String> exists, List<String> known, AgentCheck agents) {

    /// Lets every name pass, for plans that are compiled where their tools are not known.
    public static final ToolNames UNCHECKED = new ToolNames(_ -> true, List.of());

    public ToolNames {
        Objects.requireNonNull(exists, "exists");
        known = List.copyOf(known);
        Objects.requireNonNull(agents, "agents");
    }

    /// Whatever is asked of agents is let pass.
    public ToolNames(Predicate<String> exists, List<String> known) {
        this(exists, known, AgentCheck.UNCHECKED);
    }

    /// Exactly the names in `known`.
    public static ToolNames of(List<String> known) {
        return new ToolNames(Set.copyOf(known)::contains, known);
    }
}
