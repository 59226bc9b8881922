package dev.ropewalk;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.ToolNames;
import java.util.Map;

/// Reads definitions of workflows; found through [java.util.ServiceLoader], so that the engine itself
/// needs no format.
public interface WorkflowCompiler {

    /// Whether it reads definitions in this format: `yaml`, `json`.
    boolean reads(String format);

    /// @param variables JSON, by name
    /// @throws dev.ropewalk.plan.InvalidPlanException with every problem
    ExecutionPlan compile(String format, String text, Map<String, Payload> variables, ToolNames tools);
}
