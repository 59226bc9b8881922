package dev.ropewalk.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// A point in time that a plan names.
public sealed interface Moment {

    /// So long after the execution started.
    record AfterStart(Duration delay) implements Moment {
        public AfterStart {
            Objects.requireNonNull(delay, "delay");
        }
    }

    record At(Instant time) implements Moment {
        public At {
            Objects.requireNonNull(time, "time");
        }
    }

    /// In microseconds since 1970.
    ///
    /// @param startedAt of the execution, likewise
    default long micros(long startedAt) {
        return switch (this) {
            case AfterStart(Duration delay) -> startedAt + micros(delay.getSeconds(), delay.getNano());
            case At(Instant time) -> micros(time.getEpochSecond(), time.getNano());
        };
    }

    private static long micros(long seconds, int nanos) {
        return seconds * 1_000_000 + nanos / 1_000;
    }
}
