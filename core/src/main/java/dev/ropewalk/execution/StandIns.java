package dev.ropewalk.execution;

/// Which task stands in for one that failed.
final class StandIns {

    private StandIns() {}

    static int of(ExecutionState state, int task) {
        int at = task;
        while (Frontier.failed(state, at)) {
            int fallback = at < state.plan.taskCount() ? state.plan.task(at).fallback() : ExecutionState.NONE;
            if (fallback == ExecutionState.NONE || skippedWithoutTrying(state, fallback)) {
                return at;
            }
            at = fallback;
        }
        return at;
    }

    private static boolean skippedWithoutTrying(ExecutionState state, int task) {
        return state.phase(task) == Phase.SKIPPED && SkipReason.of(state.skip[task]) != SkipReason.FAILURE_TOLERATED;
    }

    /// Whether the task failed and nothing made up for it.
    static boolean lacking(ExecutionState state, int task) {
        if (!Frontier.failed(state, task) || of(state, task) != task) {
            return false;
        }
        Expansion expansion = state.expansions.holding(task);
        if (expansion == null) {
            return true;
        }
        int owner = expansion.owner();
        return expansion.generation() == state.generation[owner]
                && state.phase(owner) != Phase.SKIPPED
                && of(state, owner) == owner;
    }
}
