package dev.ropewalk.plan;

/// How the tasks of a step follow each other.
public enum StepMode {
    /// In the order written.
    SEQUENTIAL,
    /// All at once; dependencies among them are refused.
    PARALLEL,
    /// As their dependencies say.
    HYBRID,
    /// Only the first task whose `when` holds; one without `when` always holds.
    CONDITIONAL
}
