package dev.ropewalk.format;

import dev.ropewalk.WorkflowCompiler;
import dev.ropewalk.format.cel.CelExpressionLanguage;
import dev.ropewalk.plan.Compilation;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.InvalidPlanException;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.PlanLimits;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.plan.ToolNames;
import dev.ropewalk.plan.Workflow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Compiles registered definitions that are the text of a plan file. They name no sub-plans, because no
/// file is read later.
public final class PlanFileCompiler implements WorkflowCompiler {

    @Override
    public boolean reads(String format) {
        return format.equals("yaml") || format.equals("json");
    }

    @Override
    public ExecutionPlan compile(String format, String text, Map<String, Payload> variables, ToolNames tools) {
        ReadPlan read = new PlanReader().read("workflow." + format, text.getBytes(StandardCharsets.UTF_8));
        CheckedPlan checked = read.compile(variables, PlanLimits.DEFAULT, new CelExpressionLanguage(), tools);
        return checked.plan().orElseThrow(() -> invalid(read, checked));
    }

    private static InvalidPlanException invalid(ReadPlan read, CheckedPlan checked) {
        List<Problem> problems =
                checked.problems().stream().map(LocatedProblem::problem).toList();
        String name = read.workflow().map(Workflow::name).orElse("workflow");
        return new InvalidPlanException(name, new Compilation.Rejected(problems, checked.omitted()));
    }
}
