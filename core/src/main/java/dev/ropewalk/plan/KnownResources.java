package dev.ropewalk.plan;

import java.util.List;

/// What an engine has that plans may name, for the check of a plan's needs.
///
/// @param pools those of its configuration
/// @param groups those of its configuration
/// @param strategies all that there are, registered ones included
/// @param complete whether there is nothing else; if not, names that are not known pass
public record KnownResources(
        List<ResourcePool> pools, List<ConcurrencyGroup> groups, List<String> strategies, boolean complete) {

    /// The strategies that every engine has.
    public static final List<String> STRATEGIES =
            List.of("FIFO", "PRIORITY", "SHORTEST_JOB_FIRST", "DEADLINE_AWARE", "ADAPTIVE");

    /// For plans that are compiled where the engine is not known: what a plan does not declare itself
    /// passes, and is checked when it is submitted.
    public static final KnownResources UNCHECKED = new KnownResources(List.of(), List.of(), STRATEGIES, false);

    /// An engine without any pools and groups of its own.
    public static final KnownResources NONE = new KnownResources(List.of(), List.of(), STRATEGIES, true);

    public KnownResources {
        pools = List.copyOf(pools);
        groups = List.copyOf(groups);
        strategies = List.copyOf(strategies);
    }

    /// Those of a configuration, and the usual strategies.
    public static KnownResources of(SharedResources shared) {
        return new KnownResources(shared.pools(), shared.groups(), STRATEGIES, true);
    }

    /// What a compiled plan needs and can never get here: of what it names itself and what is known here.
    /// The paths name tasks: `tasks["sub/report"].group[0]`.
    public List<Problem> unmet(ExecutionPlan plan) {
        Problems problems = new Problems();
        SharedDraft shared = new SharedDraft(this, problems);
        shared.declare(plan.shared(), Location.ROOT);
        NeedsCheck check = new NeedsCheck(shared, plan.shared().budget(), this, problems);
        check.strategy(plan.ordering().strategy(), Location.ROOT.key("strategy"));
        for (PlannedTask task : plan.tasks()) {
            if (!task.needs().equals(Needs.NONE)) {
                Location at = Location.ROOT.key("tasks").key(task.path());
                check.groups(task.needs().groups(), at.key("group"));
                check.needs(task.needs(), at);
            }
        }
        return problems.listed();
    }
}
