package dev.ropewalk.execution;

import dev.ropewalk.plan.PlannedStep;
import java.util.BitSet;
import java.util.stream.IntStream;

/// Makes all tasks of a step pending again, in the next generation.
///
/// Nothing outside of the step has started because of it: what depends on one of its tasks also waits
/// for its barrier. So taking back the edges that its tasks fired restores what was before.
final class StepReset {

    private StepReset() {}

    static void reset(ExecutionState state, int stepIndex, long at) {
        PlannedStep step = state.plan.step(stepIndex);
        state.steps.retrying.clear(stepIndex);
        state.steps.retries[stepIndex]++;
        int[] members = members(state, step);
        BitSet reset = new BitSet();
        IntStream.of(members).forEach(reset::set);
        for (int task : members) {
            dropItems(state, task, at);
            Frontier.rearm(state, task, reset);
        }
        for (int task : members) {
            renew(state, step, task);
        }
        state.deadlines.rewind();
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
            if (inner.index() != step.index() && state.steps.isInside(inner.index(), step.index())) {
                state.steps.retries[inner.index()] = 0;
                state.steps.retrying.clear(inner.index());
                if (inner.barrier() != ExecutionState.NONE) {
                    members.add(inner.barrier());
                }
            }
        }
        return members.build().toArray();
    }

    private static void dropItems(ExecutionState state, int owner, long at) {
        state.expansion(owner).ifPresent(expansion -> {
            for (int task = expansion.first(); task < expansion.end(); task++) {
                state.tally.count(state, task, state.phase(task), -1);
                if (!state.phase(task).ended()) {
                    Evolution.set(state, task, Phase.CANCELLED);
                    state.taskEndedAt[task] = at;
                    state.remaining--;
                }
            }
            state.tally.countItems(expansion, -1);
            state.expansions.openItems[owner] = 0;
        });
    }

    private static void renew(ExecutionState state, PlannedStep step, int task) {
        Phase phase = state.phase(task);
        if (phase.ended()) {
            state.remaining++;
        }
        state.tally.count(state, task, phase, -1);
        Evolution.set(state, task, Phase.PENDING);
        state.generation[task]++;
        state.failures[task] = 0;
        state.losses[task] = 0;
        state.queuedAt[task] = 0;
        state.taskStartedAt[task] = 0;
        state.taskEndedAt[task] = 0;
        state.due[task] = 0;
        state.results[task] = null;
        state.taskFailures[task] = null;
        state.interruptions.forget(task);
        if (!blockedFromOutside(state, step, task)) {
            state.skip[task] = ExecutionState.NONE;
            state.blockCause[task] = ExecutionState.NONE;
        }
    }

    /// Edges from outside do not fire again, so what they decided stays.
    private static boolean blockedFromOutside(ExecutionState state, PlannedStep step, int task) {
        int cause = state.blockCause[task];
        return cause != ExecutionState.NONE
                && !state.steps.isInside(state.definition(cause).step(), step.index());
    }
}
