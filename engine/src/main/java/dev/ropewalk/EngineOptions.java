package dev.ropewalk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/// How an engine works.
///
/// @param maxParallel attempts that run at once, all executions together
/// @param maxConcurrentExecutions executions under way at once; further ones wait in order
/// @param maxPendingExecutions accepted executions that wait; further ones are refused with `QUEUE_FULL`
/// @param inboxCapacity requests that wait for an answer; further ones are refused with `OVERLOADED`
/// @param grace how long an attempt that was told to stop may take to end
/// @param inlineLimit results up to so many bytes are kept in the log, larger ones beside it
/// @param outputMemory how many bytes of an attempt's output are kept in memory, the rest in a file
/// @param outputLimit how many bytes of an attempt's output are kept at all
/// @param maxMessages messages kept of one execution
/// @param temporary where output beyond `outputMemory` goes
public record EngineOptions(
        int maxParallel,
        int maxConcurrentExecutions,
        int maxPendingExecutions,
        int inboxCapacity,
        Duration grace,
        int inlineLimit,
        int outputMemory,
        long outputLimit,
        int maxMessages,
        Path temporary) {

    public static final EngineOptions DEFAULT = new EngineOptions(
            256,
            1_000,
            10_000,
            10_000,
            Duration.ofSeconds(5),
            32 * 1024,
            256 * 1024,
            16L * 1024 * 1024,
            10_000,
            Path.of(System.getProperty("java.io.tmpdir")));

    public EngineOptions {
        positive("maxParallel", maxParallel);
        positive("maxConcurrentExecutions", maxConcurrentExecutions);
        positive("maxPendingExecutions", maxPendingExecutions);
        positive("inboxCapacity", inboxCapacity);
        positive("outputMemory", outputMemory);
        positive("outputLimit", outputLimit);
        positive("maxMessages", maxMessages);
        Objects.requireNonNull(temporary, "temporary");
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace is %s; it must not be negative".formatted(grace));
        }
        if (inlineLimit < 0) {
            throw new IllegalArgumentException("inlineLimit is %d; it must not be negative".formatted(inlineLimit));
        }
    }

    private static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s is %d; it must be at least 1".formatted(name, value));
        }
    }

    public EngineOptions withMaxParallel(int attempts) {
        return new EngineOptions(
                attempts,
                maxConcurrentExecutions,
                maxPendingExecutions,
                inboxCapacity,
                grace,
                inlineLimit,
                outputMemory,
                outputLimit,
                maxMessages,
                temporary);
    }

    public EngineOptions withGrace(Duration newGrace) {
        return new EngineOptions(
                maxParallel,
                maxConcurrentExecutions,
                maxPendingExecutions,
                inboxCapacity,
                newGrace,
                inlineLimit,
                outputMemory,
                outputLimit,
                maxMessages,
                temporary);
    }
}
