package dev.ropewalk.plan;

import java.math.BigDecimal;
import java.util.Objects;

/// How much may be spent. What is spent is never more than the limit by estimates: a call whose
/// reservation does not fit is not made.
///
/// @param microMoney in millionths of the currency unit; 0 for no limit
/// @param tokens 0 for no limit
/// @param per over what it is counted
/// @param zone in which a day begins, such as `UTC` or `Europe/Berlin`
public record Budget(long microMoney, long tokens, Per per, String zone) {

    /// The zone in which a day begins unless stated.
    public static final String UTC = "UTC";

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

    /// So much money for each execution.
    ///
    /// @throws IllegalArgumentException if it has more than six decimals or is too large
    public static Budget ofMoney(BigDecimal money) {
        return new Budget(Quantity.exactly(money, Quantity.MICRO), 0, Per.EXECUTION, UTC);
    }

    /// So many tokens for each execution.
    public static Budget ofTokens(long tokens) {
        return new Budget(0, tokens, Per.EXECUTION, UTC);
    }

    public Budget withTokens(long limit) {
        return new Budget(microMoney, limit, per, zone);
    }

    public Budget per(Per value) {
        return new Budget(microMoney, tokens, value, zone);
    }

    /// For all executions of a day, which begins at midnight there.
    public Budget perDay(String timeZone) {
        return new Budget(microMoney, tokens, Per.DAY, timeZone);
    }

    /// The smaller of both limits; this one if they are counted over different things.
    Budget strictest(Budget other) {
        return per == other.per && zone.equals(other.zone)
                ? new Budget(least(microMoney, other.microMoney), least(tokens, other.tokens), per, zone)
                : this;
    }

    private static long least(long one, long other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }
}
