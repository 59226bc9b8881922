package dev.ropewalk.log;

import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.DelayReason;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.ResourceGrant;
import dev.ropewalk.execution.ResourceUse;
import dev.ropewalk.execution.SkipReason;
import dev.ropewalk.execution.StopReason;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.execution.TaskRanges;
import dev.ropewalk.plan.OnDeadlineMissed;
import dev.ropewalk.plan.Payload;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Events of every type with random fields, the awkward ones among them.
final class RandomEvents {

    static final int TYPES = 27;

    private final RandomGenerator random;
    private long time;

    RandomEvents(RandomGenerator random) {
        this.random = random;
        this.time = random.nextLong(4_000_000_000_000_000L);
    }

    List<LogEvent> frame(int atMost) {
        List<LogEvent> events = new ArrayList<>();
        int count = 1 + random.nextInt(atMost);
        for (int i = 0; i < count; i++) {
            events.add(next(random.nextInt(TYPES)));
        }
        return events;
    }

    LogEvent next(int type) {
        time += random.nextInt(3) == 0 ? 0 : random.nextLong(1L << random.nextInt(40));
        return switch (type) {
            case 0 -> new LogEvent.ExecutionAccepted(time, text(), random.nextLong(), digest());
            case 1 -> new LogEvent.ExecutionStarted(time);
            case 2 -> new LogEvent.TasksQueued(time, ranges());
            case 3 ->
                new LogEvent.TaskStarted(
                        time,
                        index(),
                        index(),
                        Stream.generate(this::grant).limit(random.nextInt(3)).toList(),
                        random.nextBoolean() ? "" : text());
            case 4 -> new LogEvent.TaskCompleted(time, index(), index(), value(), digest(), anyLong(), usage());
            case 5 -> new LogEvent.AttemptFailed(time, index(), index(), failure(), digest(), anyLong(), usage());
            case 6 ->
                new LogEvent.AttemptStopped(
                        time,
                        index(),
                        index(),
                        any(AttemptEnd.values()),
                        random.nextBoolean() ? Optional.empty() : Optional.of(value()));
            case 7 -> new LogEvent.RetryScheduled(time, index(), anyLong());
            case 8 -> new LogEvent.TaskFailed(time, index(), failure());
            case 9 -> new LogEvent.TaskTimedOut(time, index(), failure());
            case 10 -> new LogEvent.TaskSkipped(time, index(), any(SkipReason.values()), indexOrNone());
            case 11 -> new LogEvent.TasksCancelled(time, ranges());
            case 12 -> new LogEvent.ConditionEvaluated(time, index(), random.nextBoolean());
            case 13 -> new LogEvent.TaskExpanded(time, index(), index(), value());
            case 14 -> new LogEvent.StepRetrying(time, index(), indexOrNone(), failure());
            case 15 -> new LogEvent.StepRetried(time, index());
            case 16 -> new LogEvent.ExecutionStopping(time, any(StopReason.values()), indexOrNone(), failure());
            case 17 -> new LogEvent.ExecutionCompleted(time, value());
            case 18 -> new LogEvent.ExecutionFailed(time, indexOrNone(), failure());
            case 19 -> new LogEvent.ExecutionCancelled(time, text());
            case 20 -> new LogEvent.ExecutionTimedOut(time);
            case 21 -> new LogEvent.RecoveryInitiated(time, anyLong() & Long.MAX_VALUE, index());
            case 22 -> new LogEvent.CompletionHeld(time, index(), index(), value(), digest(), anyLong(), usage());
            case 23 -> new LogEvent.TaskDelayed(time, index(), anyLong(), any(DelayReason.values()));
            case 24 -> new LogEvent.DelayEnded(time, index());
            case 25 -> new LogEvent.DeadlineMissed(time, indexOrNone(), any(OnDeadlineMissed.values()));
            default -> new LogEvent.ResultRejected(time, index(), index());
        };
    }

    private ResourceGrant grant() {
        ResourceGrant.Kind kind = any(ResourceGrant.Kind.values());
        return kind == ResourceGrant.Kind.POOL
                ? new ResourceGrant(
                        kind, text(), anyLong() & Long.MAX_VALUE, text(), text(), anyLong() & Long.MAX_VALUE)
                : new ResourceGrant(kind, text(), anyLong() & Long.MAX_VALUE);
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private int index() {
        return random.nextInt(20) == 0 ? Integer.MAX_VALUE : random.nextInt(1 << (1 + random.nextInt(30)));
    }

    private int indexOrNone() {
        return random.nextInt(4) == 0 ? -1 : random.nextInt(Integer.MAX_VALUE);
    }

    private long anyLong() {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> Long.MIN_VALUE;
            case 2 -> Long.MAX_VALUE;
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    private String text() {
        return switch (random.nextInt(7)) {
            case 0 -> "";
            case 1 -> "Reißverschluß 東京 🪢";
            case 2 -> "lone \uD83E surrogate";
            case 3 -> "\uDC00";
            case 4 -> "replaced \uFFFD before";
            case 5 -> "x".repeat(random.nextInt(500));
            default -> "TIMEOUT";
        };
    }

    private String digest() {
        return switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> text();
            case 2 -> HexFormat.of().withUpperCase().formatHex(bytes(32));
            case 3 -> HexFormat.of().formatHex(bytes(31));
            default -> HexFormat.of().formatHex(bytes(32));
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Payload payload() {
        return switch (random.nextInt(4)) {
            case 0 -> Payload.EMPTY_OBJECT;
            case 1 -> Payload.NULL;
            case 2 -> Payload.of(bytes(random.nextInt(300)), text());
            default -> Payload.of(bytes(random.nextInt(300)), Payload.JSON);
        };
    }

    private StoredValue value() {
        return switch (random.nextInt(4)) {
            case 0 -> new StoredValue.Collected();
            case 1 ->
                new StoredValue.External(
                        text(), text(), anyLong() & Long.MAX_VALUE, bytes(random.nextInt(40)), text(), text());
            default -> new StoredValue.Inline(payload());
        };
    }

    private Failure failure() {
        return new Failure(text(), text(), random.nextBoolean(), anyLong(), payload());
    }

    private List<ResourceUse> usage() {
        return Stream.generate(() -> new ResourceUse(text(), text(), anyLong(), anyLong()))
                .limit(random.nextInt(3))
                .toList();
    }

    private TaskRanges ranges() {
        int[] bounds = IntStream.range(0, random.nextInt(5))
                .flatMap(_ -> {
                    int first = index();
                    return IntStream.of(first, first + random.nextInt(Math.max(1, Integer.MAX_VALUE - first)));
                })
                .toArray();
        return new TaskRanges(bounds);
    }
}
