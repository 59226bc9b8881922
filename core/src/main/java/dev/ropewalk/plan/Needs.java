package dev.ropewalk.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a task asks of things that others use as well, beside a slot. All of it is given together or
/// not at all.
///
/// @param resources amounts of pools, held while an attempt runs
/// @param groups the concurrency groups in which an attempt counts
/// @param estimatedTokens tokens that are reserved for one attempt, and settled by what it reports
/// @param estimatedMicroCost money that is reserved for one attempt, in millionths of the currency unit
/// @param agent who may run it; empty for whoever has the tool
/// @param batch how calls of the same tool are put together
/// @param preemptible whether an attempt may be stopped for one of higher priority
/// @param milliValue what its result is worth, in thousandths
public record Needs(
        List<ResourceRequirement> resources,
        List<String> groups,
        long estimatedTokens,
        long estimatedMicroCost,
        Optional<AgentRequirement> agent,
        Optional<BatchPolicy> batch,
        boolean preemptible,
        long milliValue) {

    /// Only a slot.
    public static final Needs NONE =
            new Needs(List.of(), List.of(), 0, 0, Optional.empty(), Optional.empty(), false, 0);

    public Needs {
        resources = List.copyOf(resources);
        groups = List.copyOf(groups);
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(batch, "batch");
    }

    Needs withGroups(List<String> others) {
        return new Needs(resources, others, estimatedTokens, estimatedMicroCost, agent, batch, preemptible, milliValue);
    }
}
