package dev.ropewalk.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BoundedOutputTest {

    @TempDir
    Path directory;

    @Test
    void what_is_written_is_read_back_whether_in_memory_or_in_a_file() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[random.nextInt(3_000)];
            random.nextBytes(bytes);
            try (BoundedOutput output = output(random.nextInt(2_000), 2_000)) {
                for (int at = 0; at < bytes.length; ) {
                    int length = Math.min(1 + random.nextInt(700), bytes.length - at);
                    output.stream().write(bytes, at, length);
                    at += length;
                }
                int kept = Math.min(bytes.length, 2_000);
                assertThat(output.open().readAllBytes()).isEqualTo(java.util.Arrays.copyOf(bytes, kept));
                assertThat(output.totalBytes()).isEqualTo(bytes.length);
                assertThat(output.keptBytes()).isEqualTo(kept);
                assertThat(output.truncated()).isEqualTo(bytes.length > 2_000);
            }
        }
        assertThat(filesIn(directory)).isZero();
    }

    @Test
    void output_without_end_is_counted_and_dropped() throws IOException {
        try (BoundedOutput output = output(100, 1_000)) {
            byte[] chunk = new byte[1 << 20];
            for (int i = 0; i < 10_240; i++) {
                output.stream().write(chunk);
            }
            assertThat(output.totalBytes()).isEqualTo(10L << 30);
            assertThat(output.keptBytes()).isEqualTo(1_000);
        }
    }

    @Test
    void no_file_is_seen_while_the_output_is_open_or_after() throws IOException {
        BoundedOutput output = output(0, 100);
        output.stream().write('x');
        assertThat(filesIn(directory)).isZero();
        output.close();
        output.close();
        assertThat(filesIn(directory)).isZero();
    }

    @Test
    void a_directory_that_is_missing_is_made() throws IOException {
        try (BoundedOutput output = new BoundedOutput(new OutputLimits(0, 10), directory.resolve("a/b"))) {
            output.stream().write('x');
            assertThat(output.open().read()).isEqualTo('x');
            assertThat(output.open().read(new byte[0])).isZero();
        }
    }

    @Test
    void without_a_place_for_the_file_the_rest_is_dropped_and_marked() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        try (BoundedOutput output = new BoundedOutput(new OutputLimits(3, 10), file)) {
            output.stream().write("abcde".getBytes(StandardCharsets.UTF_8));
            output.stream().write('f');
            assertThat(Json.read(Json.write(output))).isEqualTo("abc\n[truncated: 6 bytes in all, the first 3 kept]");
        }
    }

    @Test
    void after_the_end_writing_does_no_harm_and_reading_says_why_it_fails() throws IOException {
        BoundedOutput output = output(10, 100);
        InputStream open = output.open();
        output.close();
        output.stream().write(new byte[50]);
        assertThat(filesIn(directory)).isZero();
        assertThatThrownBy(output::open).isInstanceOf(IOException.class).hasMessageContaining("the output is gone");
        assertThatThrownBy(open::read).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Json.write(output)).hasMessageContaining("cannot read what a tool has put out");
    }

    @Test
    void an_interrupted_writer_keeps_what_it_wrote() throws IOException {
        try (BoundedOutput output = output(0, 100)) {
            output.stream().write('a');
            Thread.currentThread().interrupt();
            output.stream().write('b');
            assertThat(Thread.interrupted()).isTrue();
            assertThat(output.tail(10)).isEqualTo("ab");
        }
    }

    @Test
    void in_json_it_is_a_string_with_a_mark_if_it_was_cut() throws IOException {
        try (BoundedOutput output = output(4, 16)) {
            output.stream().write("line \"1\"\n".getBytes(StandardCharsets.UTF_8));
            assertThat(Json.read(Json.write(Map.of("stdout", output)))).isEqualTo(Map.of("stdout", "line \"1\"\n"));
            output.stream().write("line 2\nline 3\n".getBytes(StandardCharsets.UTF_8));
            assertThat(Json.read(Json.write(output)))
                    .isEqualTo("line \"1\"\nline 2\n\n[truncated: 23 bytes in all, the first 16 kept]");
        }
    }

    @Test
    void malformed_bytes_are_replaced_and_long_text_is_not_cut_inside_a_character() throws IOException {
        try (BoundedOutput output = output(1_000, 1 << 20)) {
            output.stream().write(new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'b', 0, 0x1b, (byte) 0xf0, (byte) 0x9f});
            assertThat(Json.read(Json.write(output))).isEqualTo("a\ufffd\ufffdb\u0000\u001b\ufffd");
        }
        String text = "x" + "😀é".repeat(20_000);
        try (BoundedOutput output = output(1_000, 1 << 20)) {
            output.stream().write(text.getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            Json.write(output, json);
            assertThat(Json.read(json.toByteArray())).isEqualTo(text);
        }
    }

    @Test
    void the_tail_is_text_of_whole_characters() throws IOException {
        try (BoundedOutput output = output(5, 1_000)) {
            OutputStream stream = output.stream();
            assertThat(output.tail(3)).isEmpty();
            stream.write("abc 😀é😀".getBytes(StandardCharsets.UTF_8));
            assertThat(output.tail(100)).isEqualTo("abc 😀é😀");
            assertThat(output.tail(5)).isEqualTo("😀é😀");
            assertThat(output.tail(4)).isEqualTo("é😀");
            assertThat(output.tail(1)).isEmpty();
            stream.write("é".repeat(100).getBytes(StandardCharsets.UTF_8));
            for (int chars = 0; chars < 100; chars++) {
                assertThat(output.tail(chars)).isEqualTo("é".repeat(chars));
            }
        }
    }

    @Test
    void limits_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> new OutputLimits(-1, 5)).hasMessageContaining("output.memoryBytes is -1");
        assertThatThrownBy(() -> new OutputLimits(6, 5)).hasMessageContaining("output.maxBytes is 5");
    }

    private BoundedOutput output(int memory, long max) {
        return new BoundedOutput(new OutputLimits(memory, max), directory);
    }

    private static long filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
