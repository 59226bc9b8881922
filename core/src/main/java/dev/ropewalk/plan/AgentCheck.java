package dev.ropewalk.plan;

import java.util.Optional;

/// Which agents there are, or were, for the check of what plans ask of them.
@FunctionalInterface
public interface AgentCheck {

    /// Lets every requirement pass, for plans that are compiled where their agents are not known.
    AgentCheck UNCHECKED = (_, _) -> Optional.empty();

    /// What is missing for the requirement, and what there is; empty if an agent could meet it.
    ///
    /// @param tool that the agent would have to offer
    Optional<String> missing(AgentRequirement requirement, String tool);
}
