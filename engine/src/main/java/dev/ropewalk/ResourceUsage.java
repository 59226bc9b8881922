package dev.ropewalk;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a task consumed, all its attempts together: what they reported, and the amounts of pools that
/// they held times how long they did.
///
/// @param resourceId the path of the task
/// @param resourceType what was reported: `cpu-time`, `memory`, `tokens`, …; of a pool its type
/// @param unit of the amount; of a pool its unit times seconds, such as `cores × s`
/// @param amountUsed the sum; for memory the peak
/// @param cost in the currency unit, if it costs anything
/// @param efficiency of a pool of type `cpu` or `memory`: measured over reserved, 0 to 1
public record ResourceUsage(
        String resourceId,
        String resourceType,
        String unit,
        double amountUsed,
        OptionalDouble cost,
        Instant startTime,
        Optional<Instant> endTime,
        OptionalDouble efficiency) {}
