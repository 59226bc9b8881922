package dev.ropewalk;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a task waited and ran.
///
/// @param queuedAt when it could have started
/// @param startedAt when its first attempt started
/// @param completedAt when it ended
/// @param waitTime from queued to started
/// @param runTime of its attempts together, measured where they ran
/// @param attempts how many were started
/// @param agent who ran the last of them, if it asked for one
public record TaskMetrics(
        Optional<Instant> queuedAt,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        Optional<Duration> waitTime,
        Duration runTime,
        int attempts,
        Optional<String> agent) {}
