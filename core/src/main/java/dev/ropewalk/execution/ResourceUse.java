package dev.ropewalk.execution;

/// One measured consumption of an attempt.
///
/// @param type what was used: `cpu-time`, `memory`, `tokens`
/// @param unit of the amount
/// @param milliAmount in thousandths of the unit
/// @param microCost in millionths of the currency unit
public record ResourceUse(String type, String unit, long milliAmount, long microCost) {}
