package dev.ropewalk.plan;

/// The form in which a compiled plan is stored: versioned, compact, and the same bytes for equal plans in
/// every JVM, so that its digest tells whether two plans are equal.
///
/// A plan is stored once, when its execution is submitted, and never compiled again: what a later version
/// would make of the same workflow does not matter to an execution that has begun. So every version reads
/// what all earlier ones wrote. See `docs/decisions/0004-plan-storage.md`.
public final class PlanFormat {

    /// The version that is written. Version 1 had no needs of tasks, no shared resources and no order, edges
    /// only from an end to a start, and no constraints.
    static final int VERSION = 2;

    /// `RWPL`.
    static final int[] MAGIC = {'R', 'W', 'P', 'L'};

    private PlanFormat() {}

    public static byte[] encode(ExecutionPlan plan) {
        return new PlanEncoder().encode(plan);
    }

    /// @throws CorruptPlanException if the bytes are not a plan, or one of a later version
    public static ExecutionPlan decode(byte[] bytes) {
        return new PlanDecoder(bytes).decode();
    }
}
