package dev.ropewalk.agent;

/// What the choice of an agent takes into account of a task.
///
/// @param workMicros how long it is declared or predicted to take at the usual speed; 0 if unknown
/// @param priority from 0 (low) to 3 (critical)
/// @param milliComplexity how complex it is, from 0 to 1,000; -1 if that is to be predicted
/// @param readySince since when it could run
/// @param behind how many tasks wait for agents of the same kind behind it
public record TaskProfile(long workMicros, int priority, int milliComplexity, long readySince, int behind) {

    /// A declared complexity that says nothing.
    public static final int PREDICT = -1;

    private static final double HALF_MICROS = 60e6;

    /// How complex the task is, from 0 to 1: as declared, or else the larger of the greatest
    /// proficiency that it asks for and of `t / (t + 60 s)` for its work `t`.
    double complexity(AgentDemand demand, double work) {
        if (milliComplexity >= 0) {
            return Math.min(1, milliComplexity / 1e3);
        }
        double predicted = work / (work + HALF_MICROS);
        for (int asked : demand.capabilities().values()) {
            predicted = Math.max(predicted, asked / 1e3);
        }
        return predicted;
    }

    /// How many times as much time counts against money: 1, 2, 4, 8.
    double urgency() {
        return 1 << Math.clamp(priority, 0, 3);
    }
}
