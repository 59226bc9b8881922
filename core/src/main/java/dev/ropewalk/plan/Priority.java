package dev.ropewalk.plan;

/// How much a task matters; data for the scheduler.
public enum Priority {
    LOW,
    NORMAL,
    HIGH,
    CRITICAL
}
