package dev.ropewalk.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.execution.TaskRanges;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventCodecTest {

    private static final long NOON = 1_770_000_000_000_000L;
    private static final String SHA_256 = "ab".repeat(32);

    @RepeatedTest(200)
    void what_is_read_equals_what_was_written(RepetitionInfo repetition) {
        List<LogEvent> events = new RandomEvents(new SplittableRandom(repetition.getCurrentRepetition())).frame(60);
        assertThat(EventCodec.decode(EventCodec.FORMAT, EventCodec.encode(events)))
                .isEqualTo(events);
    }

    @Test
    void a_frame_of_no_events_is_empty() {
        assertThat(EventCodec.encode(List.of())).isEmpty();
        assertThat(EventCodec.decode(EventCodec.FORMAT, new byte[0])).isEmpty();
    }

    @Test
    void what_happens_most_takes_few_bytes() {
        List<LogEvent> events = List.of(
                new LogEvent.TaskCompleted(NOON, 1000, 1, json("{\"ok\":true}"), SHA_256, 150, List.of()),
                new LogEvent.TaskStarted(NOON, 1001, 1));
        int head = 1 + 8 + 2 + 1;
        assertThat(EventCodec.encode(events)).hasSize(head + 12 + 33 + 2 + 1 + 5);
        assertThat(EventCodec.encode(List.of(new LogEvent.TasksQueued(NOON, new TaskRanges(0, 99_999)))))
                .hasSize(14);
    }

    @Test
    void a_large_frame_does_not_stay_in_the_buffer_of_the_thread() {
        byte[] large = new byte[3_000_000];
        Arrays.fill(large, (byte) ' ');
        List<LogEvent> events =
                List.of(new LogEvent.ExecutionCompleted(NOON, new StoredValue.Inline(Payload.of(large, Payload.JSON))));
        assertThat(EventCodec.decode(1, EventCodec.encode(events))).isEqualTo(events);
        List<LogEvent> small = List.of(new LogEvent.ExecutionStarted(NOON));
        assertThat(EventCodec.decode(1, EventCodec.encode(small))).isEqualTo(small);
    }

    @Test
    void an_event_that_contradicts_itself_is_not_written() {
        assertRefused(new LogEvent.TaskStarted(NOON, -1, 1), "an index is -1");
        assertRefused(new LogEvent.TaskStarted(-5, 1, 1), "time goes back from 0 to -5 in TaskStarted");
        assertRefused(new LogEvent.TasksQueued(NOON, new TaskRanges(3)), "odd number of bounds");
        assertRefused(new LogEvent.TasksQueued(NOON, new TaskRanges(-3, 4)), "negative index");
        assertRefused(new LogEvent.TasksQueued(NOON, new TaskRanges(4, 3)), "the size of a range is -1");
        assertRefused(new LogEvent.TaskExpanded(NOON, 1, -1, StoredValue.NULL), "the number of items is -1");
    }

    private static void assertRefused(LogEvent event, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventCodec.encode(List.of(event)))
                .withMessageContaining(message);
    }

    @Test
    void after_a_refusal_the_next_frame_is_written_as_ever() {
        List<LogEvent> sound = List.of(new LogEvent.ExecutionStarted(NOON));
        byte[] expected = EventCodec.encode(sound);
        assertRefused(new LogEvent.TaskStarted(NOON, -1, 1), "an index");
        assertThat(EventCodec.encode(sound)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {90 * 8 + 1, 100 * 8 + 3, 4 * 8 + 3})
    void an_event_of_a_newer_version_is_named_as_such(int tag) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> EventCodec.decode(1, unsigned(tag, 0, 0, 0)))
                .withMessageContaining("type %d, version %d", tag >> 3, tag & 7)
                .withMessageContaining("newer version of Ropewalk")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TOO_NEW));
    }

    @Test
    void a_frame_in_a_newer_format_is_named_as_such() {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> EventCodec.decode(2, new byte[0]))
                .withMessageContaining("format 2")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TOO_NEW));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> EventCodec.decode(0, new byte[0]))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT));
    }

    @Test
    void bytes_that_are_no_events_are_called_damaged() {
        assertCorrupt(unsigned(8, 0), "which never existed");
        assertCorrupt(unsigned(1, 0), "which never existed");
        assertCorrupt(new byte[] {(byte) 0xFF, (byte) 0xFF}, "1 bytes are needed, but 0 are left");
        assertCorrupt(filled(11, 0xFF), "longer than 64 bits");
        byte[] tenth = filled(10, 0xFF);
        tenth[9] = 2;
        assertCorrupt(tenth, "longer than 64 bits");
        assertCorrupt(unsigned(Integer.MAX_VALUE + 1L), "the tag of an event");
        assertCorrupt(unsigned(17, -1), "the time of an event is negative");
        assertCorrupt(join(unsigned(17, Long.MAX_VALUE), unsigned(17, 1)), "a time beyond 64 bits");
        assertCorrupt(unsigned(25, 0, 1000), "1000 ranges of tasks, but 0 bytes are left");
        assertCorrupt(unsigned(25, 0, 1, 1, 0), "a range of tasks from -1 to -1");
        assertCorrupt(unsigned(25, 0, 1, 2L * Integer.MAX_VALUE, 1), "a range of tasks");
        assertCorrupt(unsigned(41, 0, 0, 1, 5), "a value of the unknown form 5");
        assertCorrupt(unsigned(41, 0, 0, 1, Integer.MAX_VALUE), "bytes are needed");
        assertCorrupt(unsigned(41, 0, 0, 1, 0, 3), "a digest of the unknown form 3");
        assertCorrupt(unsigned(41, 0, 0, 1, 0, 0, 0, 1), "1 measured consumptions");
        assertCorrupt(unsigned(49, 0, 0, 1, 9), "a failure with the unknown flags 9");
        assertCorrupt(unsigned(57, 0, 0, 1, 9), "for the unknown reason 9");
        assertCorrupt(unsigned(89, 0, 0, 9), "for the unknown reason 9");
        assertCorrupt(unsigned(18 * 8 + 1, 0, 9), "for the unknown reason 9");
        assertCorrupt(unsigned(13 * 8 + 1, 0, 0, 2), "neither true nor false");
        assertCorrupt(unsigned(20 * 8 + 1, 0, 1_000_000), "a text of 500000 bytes");
        assertCorrupt(unsigned(20 * 8 + 1, 0, 1 << 1 | 1, 65), "odd number of bytes");
        assertCorrupt(join(unsigned(20 * 8 + 1, 0, 1 << 1), new byte[] {(byte) 0xC3}), "malformed UTF-8");
    }

    private static void assertCorrupt(byte[] bytes, String message) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> EventCodec.decode(1, bytes))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT));
    }

    /// Whatever was changed: the result is events or a clear refusal, and nothing large is allocated.
    @RepeatedTest(50)
    void hostile_bytes_are_read_or_refused(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        byte[] sound = EventCodec.encode(new RandomEvents(random).frame(20));
        for (int round = 0; round < 200; round++) {
            byte[] hostile = Arrays.copyOf(sound, 1 + random.nextInt(sound.length));
            for (int change = random.nextInt(4); change >= 0; change--) {
                hostile[random.nextInt(hostile.length)] = (byte) random.nextInt();
            }
            try {
                List<LogEvent> events = EventCodec.decode(1, hostile);
                assertThat(events).hasSizeLessThanOrEqualTo(hostile.length);
            } catch (StoreException e) {
                assertThat(e.kind()).isIn(Kind.CORRUPT, Kind.TOO_NEW);
            }
        }
    }

    @Test
    void every_type_of_event_is_covered_by_the_random_ones() {
        RandomEvents random = new RandomEvents(new SplittableRandom(1));
        List<Class<?>> types = new ArrayList<>();
        for (int type = 0; type < RandomEvents.TYPES; type++) {
            types.add(random.next(type).getClass());
        }
        assertThat(types).containsExactlyInAnyOrder(LogEvent.class.getPermittedSubclasses());
    }

    private static StoredValue json(String text) {
        return new StoredValue.Inline(Payload.json(text));
    }

    private static byte[] unsigned(long... values) {
        ByteWriter out = new ByteWriter();
        for (long value : values) {
            out.writeUnsigned(value);
        }
        return out.take();
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteWriter out = new ByteWriter();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.take();
    }
}
