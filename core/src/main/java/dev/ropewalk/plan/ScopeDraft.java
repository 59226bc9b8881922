package dev.ropewalk.plan;

import dev.ropewalk.plan.Workflow.VariableType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One workflow in the making: the outermost one, or a sub-plan.
final class ScopeDraft {

    final int index;
    final Workflow workflow;
    final Location at;
    final String prefix;
    final List<Template.Entry> variables;
    final Map<String, VariableType> variableTypes;

    /// What includes it; null for the outermost.
    final @Nullable SubPlan owner;

    /// The end of a sub-plan, once its tasks are laid out.
    @Nullable
    TaskDraft end;

    /// What the tasks take from the one that runs the sub-plan.
    OnLost defaultOnLost = OnLost.RERUN;

    long defaultTimeoutMicros;
    int defaultStepRetries;

    final List<StepDraft> steps = new ArrayList<>();
    final SequencedMap<String, Location> ids = new LinkedHashMap<>();
    final SequencedMap<String, Unit> tasksById = new LinkedHashMap<>();
    final SequencedMap<String, StepDraft> stepsById = new LinkedHashMap<>();

    /// Where a sub-plan stands in the workflow that includes it.
    record SubPlan(ScopeDraft scope, StepDraft step, TaskDraft gate) {}

    ScopeDraft(
            int index,
            Workflow workflow,
            Location at,
            String prefix,
            List<Template.Entry> variables,
            Map<String, VariableType> variableTypes,
            @Nullable SubPlan owner) {
        this.index = index;
        this.workflow = workflow;
        this.at = at;
        this.prefix = prefix;
        this.variables = variables;
        this.variableTypes = variableTypes;
        this.owner = owner;
    }

    /// How many sub-plans are around it.
    int depth() {
        int depth = 0;
        for (SubPlan sub = owner; sub != null; sub = sub.scope().owner) {
            depth++;
        }
        return depth;
    }

    Scope build() {
        return new Scope(owner == null ? -1 : owner.scope().index, prefix, variables);
    }
}
