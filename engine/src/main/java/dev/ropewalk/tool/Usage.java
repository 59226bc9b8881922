package dev.ropewalk.tool;

import java.util.Objects;

/// One measured consumption of an attempt.
///
/// @param type what was used: `cpu-time`, `memory`, `tokens`, …
/// @param unit the unit of the amount: `ms`, `bytes`, `tokens`
/// @param milliAmount the amount in thousandths of the unit, at least 0
/// @param microCost the cost in millionths of the currency unit, at least 0
public record Usage(String type, String unit, long milliAmount, long microCost) {

    /// CPU time of the attempt's process tree, in ms.
    public static final String CPU_TIME = "cpu-time";

    /// Peak memory of the attempt's process tree, in bytes.
    public static final String MEMORY = "memory";

    /// Tokens of a language model; what their rates and budgets are settled by.
    public static final String TOKENS = "tokens";

    /// Money alone, with no amount of anything.
    public static final String MONEY = "money";

    public Usage {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(unit, "unit");
        if (milliAmount < 0 || microCost < 0) {
            throw new IllegalArgumentException(
                    "usage of %s must not be negative: amount %d, cost %d".formatted(type, milliAmount, microCost));
        }
    }
}
