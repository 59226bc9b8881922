package dev.ropewalk.plan;

import dev.ropewalk.plan.Compilation.Compiled;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/// Turns a workflow and values for its variables into a plan, or says everything that is wrong with it.
///
/// It goes over the workflow in passes: variables get their values; [PlanLayout] gives every task its
/// index and what it inherits, sub-plans inlined; [PlanLinking] draws the edges that the author wrote,
/// in words or by using a result; [PlanEnds] those to the ends of sub-plans and steps; [CycleSearch]
/// looks for circles. A pass that finds a problem leaves out what it cannot make sense of and goes on.
///
/// Compiling is pure, linear in tasks and edges, and deterministic: the same workflow and values give
/// equal plans. The paths in problems are those of the plan file; what is wrong in a sub-plan is found
/// behind `plan`, as `steps[0].tasks[1].plan.steps[0].id`.
public final class PlanCompiler {

    private PlanCompiler() {}

    /// As [#compile(Workflow, Map, PlanLimits, ExpressionLanguage, ToolNames, KnownResources)], with every
    /// tool name, and every group and pool that the plan does not declare, let pass.
    public static Compilation compile(
            Workflow workflow, Map<String, Payload> variables, PlanLimits limits, ExpressionLanguage language) {
        return compile(workflow, variables, limits, language, ToolNames.UNCHECKED, KnownResources.UNCHECKED);
    }

    /// @param variables the given values as JSON, by name
    /// @param language checks expressions; [ExpressionLanguage#NONE] refuses them
    /// @param tools which tools there are
    /// @param known which pools, groups and strategies there are beside the plan's own
    public static Compilation compile(
            Workflow workflow,
            Map<String, Payload> variables,
            PlanLimits limits,
            ExpressionLanguage language,
            ToolNames tools,
            KnownResources known) {
        return compile(workflow, variables, limits, language, tools, known, NotBuiltYet.PARTS);
    }

    static Compilation compile(
            Workflow workflow,
            Map<String, Payload> variables,
            PlanLimits limits,
            ExpressionLanguage language,
            ToolNames tools,
            KnownResources known,
            Set<PlanPart> notBuilt) {
        Problems problems = new Problems();
        PlanDraft draft = new PlanDraft(limits, problems);
        ScopeDraft scope = outermost(workflow, variables, problems);
        Header header = Header.of(workflow, problems);
        SharedLayout shared = new SharedLayout(problems, known, notBuilt);
        new PlanLayout(draft, tools, shared).lay(scope);
        shared.check(workflow);
        if (!draft.tooLarge()) {
            draft.scopes.forEach(each -> new PlanLinking(draft, each, language).link());
            new PlanEnds(draft).link();
        }
        Edges edges = draft.edges.distinct(draft.tasks.size());
        if (!draft.tooLarge()) {
            new CycleReport(draft).report(new CycleSearch(edges, fallbacks(draft)));
        }
        return problems.isEmpty() ? new Compiled(plan(header, draft, shared, edges)) : problems.rejected();
    }

    private static ScopeDraft outermost(Workflow workflow, Map<String, Payload> given, Problems problems) {
        SequencedMap<String, Template> literals = new LinkedHashMap<>();
        new TreeMap<>(given).forEach((name, value) -> literals.put(name, new Template.Literal(value)));
        VariableBinding variables = new VariableBinding(workflow.variables(), Location.ROOT, problems);
        return new ScopeDraft(
                0,
                workflow,
                Location.ROOT,
                "",
                variables.bind(literals, Location.ROOT.key("variables")),
                variables.types(),
                null);
    }

    private static int[] fallbacks(PlanDraft draft) {
        return draft.tasks.stream()
                .mapToInt(task -> task.fallback == null ? -1 : task.fallback.index)
                .toArray();
    }

    private static ExecutionPlan plan(Header header, PlanDraft draft, SharedLayout shared, Edges edges) {
        Workflow workflow = header.workflow();
        return new ExecutionPlan(
                workflow.name(),
                workflow.version(),
                workflow.about(),
                draft.steps.stream().map(StepDraft::build).toList(),
                draft.tasks.stream().map(TaskDraft::build).toList(),
                draft.scopes.stream().map(ScopeDraft::build).toList(),
                workflow.result().orElse(Template.NULL),
                header.timeoutMicros(),
                header.maxParallel(),
                shared.resources(workflow),
                workflow.ordering(),
                workflow.constraints(),
                edges);
    }
}
