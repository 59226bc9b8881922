package dev.ropewalk.cli;

import dev.ropewalk.plan.ExecutionStatus;

/// What the exit codes of the command mean.
final class ExitCode {
    static final int COMPLETED = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int CANCELLED = 3;
    static final int TIMED_OUT = 4;
    static final int STOPPED = 5;
    static final int INTERNAL = 70;

    private ExitCode() {}

    static int of(ExecutionStatus status) {
        return switch (status) {
            case COMPLETED -> COMPLETED;
            case FAILED, QUARANTINED -> FAILED;
            case CANCELLED -> CANCELLED;
            case TIMED_OUT -> TIMED_OUT;
            case PENDING, QUEUED, RUNNING, PAUSED -> STOPPED;
        };
    }
}
