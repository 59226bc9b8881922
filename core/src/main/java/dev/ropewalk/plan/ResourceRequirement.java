package dev.ropewalk.plan;

import java.util.Map;
import java.util.Objects;

/// An amount of a resource that is needed for a time.
///
/// @param type what is needed: a pool is chosen among those of this type
/// @param milliAmount in thousandths of the pool's unit, more than 0
/// @param durationMicros how long it is thought to be held; 0 for as long as the attempt runs
/// @param priority from 0 to 10: who goes first where several wait for the same pool
/// @param constraints what the pool's (or agent's) attributes must be: equal as text, numbers as
///     numbers; a key `minX` asks that the attribute `x` is at least, `maxX` that it is at most so much
public record ResourceRequirement(
        String type, long milliAmount, long durationMicros, int priority, Map<String, String> constraints) {

    /// The priority of a requirement that states none.
    public static final int DEFAULT_PRIORITY = 5;

    public ResourceRequirement {
        Objects.requireNonNull(type, "type");
        constraints = Map.copyOf(constraints);
    }
}
