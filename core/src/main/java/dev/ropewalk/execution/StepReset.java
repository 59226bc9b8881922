package dev.ropewalk.execution;

import dev.ropewalk.plan.PlannedStep;
import dev.ropewalk.plan.PlannedTask;
import java.util.stream.IntStream;

/// Makes all tasks of a step pending again, in the next generation.
///
/// Nothing outside of the step has started because of it: what depends on one of its tasks also waits
/// for its barrier. So taking back the edges that its tasks fired restores what was before.
final class StepReset {

    private StepReset() {}

    static void reset(ExecutionState state, int stepIndex, long at) {
        PlannedStep step = state.plan.step(stepIndex);
        notRetrying(state, stepIndex);
        state.stepRetries[stepIndex]++;
        int[] members = members(state, step);
        for (int task : members) {
            dropItems(state, task, at);
            Frontier.rearm(state, task);
        }
        for (int task : members) {
            renew(state, step, task);
        }
        for (int task : members) {
            if (state.open[task] == 0) {
                Frontier.open(state, task);
            }
        }
    }

    /// The step's tasks and the barriers of the steps inside it, but not its own, which has not fired.
    private static int[] members(ExecutionState state, PlannedStep step) {
        IntStream.Builder members = IntStream.builder();
        for (int task : step.tasks()) {
            if (!state.plan.task(task).template()) {
                members.add(task);
            }
        }
        for (PlannedStep inner : state.plan.steps()) {
            if (inner.index() != step.index() && isInside(state, inner.index(), step.index())) {
                state.stepRetries[inner.index()] = 0;
                notRetrying(state, inner.index());
                if (inner.barrier() != ExecutionState.NONE) {
                    members.add(inner.barrier());
                }
            }
        }
        return members.build().toArray();
    }

    private static void notRetrying(ExecutionState state, int step) {
        if (state.stepRetrying[step]) {
            state.stepRetrying[step] = false;
            state.retryingSteps--;
        }
    }

    private static boolean isInside(ExecutionState state, int inner, int outer) {
        for (int step = inner; step != ExecutionState.NONE; step = state.outerStep[step]) {
            if (step == outer) {
                return true;
            }
        }
        return false;
    }

    private static void dropItems(ExecutionState state, int owner, long at) {
        state.expansion(owner).ifPresent(expansion -> {
            for (int task = expansion.first(); task < expansion.end(); task++) {
                Phase phase = state.phase(task);
                if (phase == Phase.COMPLETED) {
                    state.completed--;
                }
                if (!phase.ended()) {
                    Evolution.set(state, task, Phase.CANCELLED);
                    state.taskEndedAt[task] = at;
                    state.remaining--;
                }
                state.counted--;
            }
            state.openItems[owner] = 0;
        });
    }

    private static void renew(ExecutionState state, PlannedStep step, int task) {
        Phase phase = state.phase(task);
        PlannedTask definition = state.plan.task(task);
        if (phase.ended()) {
            state.remaining++;
        }
        if (phase == Phase.COMPLETED && definition.counted()) {
            state.completed--;
        }
        Evolution.set(state, task, Phase.PENDING);
        state.generation[task]++;
        state.failures[task] = 0;
        state.losses[task] = 0;
        state.taskEndedAt[task] = 0;
        state.results[task] = null;
        state.taskFailures[task] = null;
        boolean blockedFromOutside = state.skip[task] != ExecutionState.NONE
                && state.blockCause[task] != ExecutionState.NONE
                && !step.tasks().contains(state.blockCause[task]);
        if (!blockedFromOutside) {
            state.skip[task] = ExecutionState.NONE;
            state.blockCause[task] = ExecutionState.NONE;
        }
    }
}
