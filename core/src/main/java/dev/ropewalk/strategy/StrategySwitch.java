package dev.ropewalk.strategy;

/// That the engine's strategy was changed.
///
/// @param at in microseconds since 1970
/// @param from the name of the strategy before
/// @param to the name of the strategy since
/// @param reason the name of the rule that took hold, `no rule` if the last let go, or what the user
///     said
public record StrategySwitch(long at, String from, String to, String reason) {}
