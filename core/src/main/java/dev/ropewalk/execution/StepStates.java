package dev.ropewalk.execution;

import dev.ropewalk.plan.ExecutionPlan;
import java.util.BitSet;

/// What is known of the steps of one execution, by the step's index.
final class StepStates {

    /// The innermost other step that holds its tasks, or -1.
    final int[] outer;

    /// How often it ran again.
    final int[] retries;

    /// Attempts that run in it, those in steps of its sub-plans included.
    final int[] running;

    /// Attempts of its own tasks.
    private final int[] runningHere;

    /// Steps with running attempts of their own tasks.
    final BitSet active = new BitSet();

    /// Steps that will run again once nothing runs in them.
    final BitSet retrying = new BitSet();

    StepStates(ExecutionPlan plan) {
        int steps = plan.steps().size();
        outer = StepNesting.outerSteps(plan);
        retries = new int[steps];
        running = new int[steps];
        runningHere = new int[steps];
    }

    /// Whether the step, or one around it, is about to run again.
    boolean isRetrying(int innermost) {
        if (retrying.isEmpty()) {
            return false;
        }
        for (int step = innermost; step != ExecutionState.NONE; step = outer[step]) {
            if (retrying.get(step)) {
                return true;
            }
        }
        return false;
    }

    /// Whether `inner` is the step `around` or stands in one of its sub-plans.
    boolean isInside(int inner, int around) {
        for (int step = inner; step != ExecutionState.NONE; step = outer[step]) {
            if (step == around) {
                return true;
            }
        }
        return false;
    }

    void countRunning(int innermost, int change) {
        runningHere[innermost] += change;
        active.set(innermost, runningHere[innermost] > 0);
        for (int step = innermost; step != ExecutionState.NONE; step = outer[step]) {
            running[step] += change;
        }
    }
}
