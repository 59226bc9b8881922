package dev.ropewalk.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.execution.LogEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What was written once is read for ever. If one of these fails, the codec is wrong, not the file.
@DisplayNameGeneration(ReplaceUnderscores.class)
class GoldenLogTest {

    private static final byte[] CHAINED_DIGEST =
            HexFormat.of().parseHex("ac11fac8e4344192e69737ca2a02183c9d87471e60a700b3c478fea54d747785");

    @Test
    void every_event_ever_written_decodes_to_what_it_meant() {
        Map<String, byte[]> golden = golden();
        Map<String, LogEvent> expected = events();
        assertThat(golden.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, event) ->
                assertThat(EventCodec.decode(1, golden.get(name))).as(name).containsExactly(event));
    }

    /// The same version never gets other bytes: an older reader would not know them. Exempt an entry
    /// here when a newer version of its event type is written instead.
    @Test
    void events_are_still_written_as_they_were() {
        Map<String, byte[]> golden = golden();
        events().forEach((name, event) -> assertThat(HexFormat.of().formatHex(EventCodec.encode(List.of(event))))
                .as(name)
                .isEqualTo(HexFormat.of().formatHex(golden.get(name))));
    }

    @Test
    void every_type_of_event_is_golden() {
        assertThat(events().values().stream().map(LogEvent::getClass).distinct())
                .hasSameSizeAs(LogEvent.class.getPermittedSubclasses());
    }

    private static Map<String, byte[]> golden() {
        Map<String, byte[]> golden = new LinkedHashMap<>(lines("format-1.txt"));
        golden.putAll(lines("format-1-later.txt"));
        return golden;
    }

    private static Map<String, LogEvent> events() {
        Map<String, LogEvent> events = new LinkedHashMap<>(GoldenEvents.format1());
        events.putAll(GoldenEvents.later());
        return events;
    }

    @Test
    void a_frame_of_many_events_is_read_with_its_times() {
        byte[] frame = lines("frame-1.txt").get("frame");
        List<LogEvent> expected = new ArrayList<>(GoldenEvents.format1().values());
        expected.add(new LogEvent.ExecutionTimedOut(expected.getLast().at() + 1_000));
        assertThat(EventCodec.decode(1, frame)).isEqualTo(expected);
        assertThat(EventCodec.encode(expected)).isEqualTo(frame);
    }

    @Test
    void the_digest_of_a_frame_is_what_it_was() {
        byte[] previous = new byte[FrameChain.DIGEST_BYTES];
        Arrays.fill(previous, (byte) 7);
        byte[] frame = lines("frame-1.txt").get("frame");
        assertThat(FrameChain.digest(previous, 1L << 40, 12, 3, 4_000_000_000L, 40, 1, frame))
                .isEqualTo(CHAINED_DIGEST);
    }

    private static Map<String, byte[]> lines(String file) {
        Map<String, byte[]> lines = new LinkedHashMap<>();
        text(file).filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            int colon = line.indexOf(':');
            lines.put(
                    line.substring(0, colon),
                    HexFormat.of().parseHex(line.substring(colon + 1).strip()));
        });
        return lines;
    }

    private static Stream<String> text(String file) {
        try (InputStream in = GoldenLogTest.class.getResourceAsStream("/golden/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
