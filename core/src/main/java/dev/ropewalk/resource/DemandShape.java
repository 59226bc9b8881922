package dev.ropewalk.resource;

import dev.ropewalk.plan.Needs;
import dev.ropewalk.plan.ResourceRequirement;
import java.util.List;

/// What a task asks for, put into a form in which equal demands are equal, whoever makes them. Needs
/// nothing of a ledger, so it can be worked out anywhere.
///
/// @param resources amounts of pools
/// @param groups the names of the concurrency groups, each once, in order
/// @param exclusive the names of the locks, each once, in order
/// @param tokens reserved for one attempt
/// @param microCost reserved for one attempt, in millionths of the currency unit
public record DemandShape(
        List<ResourceRequirement> resources, List<String> groups, List<String> exclusive, long tokens, long microCost) {

    /// Estimates are not greater, so that their sums are numbers.
    public static final long MAX_ESTIMATE = 1_000_000_000_000_000L;

    /// Only a slot.
    public static final DemandShape SLOT = new DemandShape(List.of(), List.of(), List.of(), 0, 0);

    public DemandShape {
        resources = List.copyOf(resources);
        groups = List.copyOf(groups);
        exclusive = List.copyOf(exclusive);
        if (tokens < 0 || tokens > MAX_ESTIMATE || microCost < 0 || microCost > MAX_ESTIMATE) {
            throw new IllegalArgumentException("an estimate of %d tokens and %d micro; each may be from 0 to %d"
                    .formatted(tokens, microCost, MAX_ESTIMATE));
        }
    }

    /// The shape of a task.
    ///
    /// @param exclusive the names of the locks that it takes
    public static DemandShape of(Needs needs, List<String> exclusive) {
        if (exclusive.isEmpty()
                && needs.resources().isEmpty()
                && needs.groups().isEmpty()
                && needs.estimatedTokens() == 0
                && needs.estimatedMicroCost() == 0) {
            return SLOT;
        }
        return new DemandShape(
                needs.resources(),
                needs.groups().stream().distinct().sorted().toList(),
                exclusive.stream().distinct().sorted().toList(),
                needs.estimatedTokens(),
                needs.estimatedMicroCost());
    }

    /// The greatest priority of its requirements, from 0 to 10.
    int priority() {
        int priority = -1;
        for (ResourceRequirement requirement : resources) {
            priority = Math.max(priority, requirement.priority());
        }
        return priority < 0 ? ResourceRequirement.DEFAULT_PRIORITY : priority;
    }
}
