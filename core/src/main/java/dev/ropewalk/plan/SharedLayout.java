package dev.ropewalk.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The part of the compiler's first pass that deals with what is shared: what the plan and its sub-plans
/// declare, and what each task needs of it. Whether that can be met is known when all is declared.
final class SharedLayout {

    /// A task that needs something, and where it says so.
    private record Asking(Needs needs, boolean ownGroups, Location at) {}

    /// The groups that a workflow's tasks take unless they name their own.
    private record Inherited(List<String> groups, Location at) {}

    private final Problems problems;
    private final KnownResources known;
    private final SharedCheck check;
    private final SharedDraft shared;
    /// A strategy that is named, and where.
    private record Named(Optional<String> strategy, Location at) {}

    private final List<Named> strategies = new ArrayList<>();
    private final List<Asking> asking = new ArrayList<>();
    private final List<Inherited> inherited = new ArrayList<>();

    SharedLayout(Problems problems, KnownResources known, Set<PlanPart> notBuilt) {
        this.problems = problems;
        this.known = known;
        this.check = new SharedCheck(problems, notBuilt);
        this.shared = new SharedDraft(known, problems);
    }

    void declare(ScopeDraft scope) {
        Workflow workflow = scope.workflow;
        check.shared(workflow.shared(), scope.at);
        shared.declare(workflow.shared(), scope.at);
        for (ResourcePool pool : workflow.shared().pools()) {
            strategies.add(new Named(
                    pool.strategy(), scope.at.key("pools").key(pool.name()).key("strategy")));
        }
        if (scope.owner == null) {
            check.ordering(workflow.ordering(), scope.at);
            strategies.add(new Named(workflow.ordering().strategy(), scope.at.key("strategy")));
        }
        List<String> groups = workflow.defaults().groups();
        if (!groups.isEmpty()) {
            Location at = scope.at.key("defaults").key("group");
            check.groups(groups, at);
            inherited.add(new Inherited(groups, at));
        }
    }

    /// What an attempt of the task needs.
    Needs needs(Workflow.Task task, List<String> defaultGroups, Location at) {
        Needs own = task.needs();
        if (own.equals(Needs.NONE) && defaultGroups.isEmpty()) {
            return Needs.NONE;
        }
        check.needs(own, at);
        boolean ownGroups = !own.groups().isEmpty();
        Needs needs = ownGroups ? own : own.withGroups(defaultGroups);
        asking.add(new Asking(needs, ownGroups, at));
        return needs;
    }

    /// Says what can never be met.
    void check(Workflow outermost) {
        NeedsCheck met = new NeedsCheck(shared, outermost.shared().budget(), known, problems);
        strategies.forEach(each -> met.strategy(each.strategy(), each.at()));
        inherited.forEach(each -> met.groups(each.groups(), each.at()));
        for (Asking each : asking) {
            if (each.ownGroups()) {
                met.groups(each.needs().groups(), each.at().key("group"));
            }
            met.needs(each.needs(), each.at());
        }
    }

    SharedResources resources(Workflow outermost) {
        return shared.resources(outermost.shared().budget());
    }
}
