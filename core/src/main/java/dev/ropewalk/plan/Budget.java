package dev.ropewalk.plan;

import java.util.Objects;

/// How much may be spent. What is spent is never more than the limit by estimates: a call whose
/// reservation does not fit is not made.
///
/// @param microMoney in millionths of the currency unit; 0 for no limit
/// @param tokens 0 for no limit
/// @param per over what it is counted
/// @param zone in which a day begins, such as `UTC` or `Europe/Berlin`
public record Budget(long microMoney, long tokens, Per per, String zone) {

    public enum Per {
        /// Each execution has it for itself.
        EXECUTION,
        /// All executions together, anew each day.
        DAY,
        /// All executions together, for good.
        TOTAL
    }

    public Budget {
        Objects.requireNonNull(per, "per");
        Objects.requireNonNull(zone, "zone");
    }
}
