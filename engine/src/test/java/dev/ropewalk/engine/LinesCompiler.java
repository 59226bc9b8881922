package dev.ropewalk.engine;

import dev.ropewalk.WorkflowCompiler;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.PlanBuilder;
import dev.ropewalk.plan.ToolNames;
import dev.ropewalk.plan.Values;
import java.util.List;
import java.util.Map;

/// Reads workflows in a format of the tests' own: the name of a tool on each line, called with the
/// variables, one after the other. The last one's result is the workflow's.
public final class LinesCompiler implements WorkflowCompiler {

    @Override
    public boolean reads(String format) {
        return format.equals("lines");
    }

    @Override
    public ExecutionPlan compile(String format, String text, Map<String, Payload> variables, ToolNames tools) {
        List<String> lines = text.lines().toList();
        PlanBuilder plan = ExecutionPlan.named("lines");
        for (int i = 0; i < lines.size(); i++) {
            int line = i;
            plan.task("line" + line, t -> {
                t.tool(lines.get(line));
                variables.forEach(t::with);
                if (line > 0) {
                    t.after("line" + (line - 1));
                }
            });
        }
        return plan.result(Values.resultOf("line" + (lines.size() - 1))).build();
    }
}
