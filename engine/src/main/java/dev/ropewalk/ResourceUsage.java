package dev.ropewalk;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a task consumed, all its attempts together.
///
/// @param resourceId the path of the task
/// @param resourceType `cpu-time`, `memory`, …
/// @param unit of the amount
/// @param amountUsed the sum; for memory the peak
/// @param cost in the currency unit, if it costs anything
/// @param efficiency used over reserved, if it was reserved
public record ResourceUsage(
        String resourceId,
        String resourceType,
        String unit,
        double amountUsed,
        OptionalDouble cost,
        Instant startTime,
        Optional<Instant> endTime,
        OptionalDouble efficiency) {}
