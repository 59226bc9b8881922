package dev.ropewalk.plan;

/// How large a plan may be; beyond, it is refused with the code `LIMIT_EXCEEDED`.
///
/// @param maxTasks tasks after inlining sub-plans
/// @param maxEdges dependencies of all kinds
/// @param maxDepth how deep sub-plans may be nested
/// @param maxItems the longest list over which one `forEach` may expand, and its default
/// @param maxExpressionLength characters of one expression
public record PlanLimits(int maxTasks, int maxEdges, int maxDepth, int maxItems, int maxExpressionLength) {

    public static final PlanLimits DEFAULT = new PlanLimits(200_000, 2_000_000, 16, 100_000, 10_000);

    public PlanLimits {
        if (maxTasks < 1 || maxEdges < 0 || maxDepth < 1 || maxItems < 0 || maxExpressionLength < 1) {
            throw new IllegalArgumentException(
                    "plan limits must be positive: tasks %d, edges %d, depth %d, items %d, expression %d"
                            .formatted(maxTasks, maxEdges, maxDepth, maxItems, maxExpressionLength));
        }
    }
}
