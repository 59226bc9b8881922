package dev.ropewalk.engine;

import dev.ropewalk.learning.DurationEstimates;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.resource.DemandShape;
import dev.ropewalk.scheduling.PlanRanks;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the loop needs to know of a plan's tasks to order them and to give them what they need, worked
/// out once per plan, off the loop. Immutable.
public final class PlanFacts {

    private final PlanRanks ranks;
    private final DemandShape @Nullable [] shapes;
    private final boolean hasDeadlines;
    private final List<AgentNeed> agents;

    private PlanFacts(PlanRanks ranks, DemandShape @Nullable [] shapes, boolean hasDeadlines, List<AgentNeed> agents) {
        this.ranks = ranks;
        this.shapes = shapes;
        this.hasDeadlines = hasDeadlines;
        this.agents = agents;
    }

    public static PlanFacts of(ExecutionPlan plan, DurationEstimates durations) {
        return new PlanFacts(PlanRanks.of(plan, durations), shapes(plan), hasDeadlines(plan), agents(plan));
    }

    /// By task what it asks for, equal shapes being the same object; null if all ask for a slot only.
    private static DemandShape @Nullable [] shapes(ExecutionPlan plan) {
        DemandShape[] shapes = new DemandShape[plan.taskCount()];
        Map<DemandShape, DemandShape> distinct = new HashMap<>();
        for (PlannedTask task : plan.tasks()) {
            DemandShape shape = DemandShape.of(task.needs(), task.constraints().exclusive());
            shapes[task.index()] =
                    shape.equals(DemandShape.SLOT) ? DemandShape.SLOT : distinct.computeIfAbsent(shape, same -> same);
        }
        // A budget is also that of tasks which say nothing of what they cost.
        return distinct.isEmpty() && plan.shared().budget().isEmpty() ? null : shapes;
    }

    private static List<AgentNeed> agents(ExecutionPlan plan) {
        Set<AgentNeed> needs = new LinkedHashSet<>();
        for (PlannedTask task : plan.tasks()) {
            task.needs().agent().ifPresent(agent -> needs.add(new AgentNeed(agent, task.tool())));
        }
        return List.copyOf(needs);
    }

    /// What its tasks ask of agents, each once.
    List<AgentNeed> agents() {
        return agents;
    }

    private static boolean hasDeadlines(ExecutionPlan plan) {
        return plan.constraints().deadline().isPresent()
                || plan.tasks().stream()
                        .anyMatch(task -> task.constraints().deadline().isPresent());
    }

    PlanRanks ranks() {
        return ranks;
    }

    /// Whether the plan or any of its tasks has a deadline.
    boolean hasDeadlines() {
        return hasDeadlines;
    }

    /// Whether no task asks for anything but a slot.
    boolean onlySlots() {
        return shapes == null;
    }

    /// What a task of the plan asks for.
    DemandShape shape(int task) {
        return shapes == null ? DemandShape.SLOT : shapes[task];
    }
}
