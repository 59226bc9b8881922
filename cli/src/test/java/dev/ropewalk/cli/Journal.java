package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What tasks did to the world: the file to which each attempt appends `begin TASK ATTEMPT` and
/// `end TASK ATTEMPT`. Nobody but the tasks writes it, so it also tells of what the log does not know.
record Journal(List<Line> lines) {

    record Line(String what, String task, int attempt) {}

    static Journal of(Path file) {
        if (!Files.exists(file)) {
            return new Journal(List.of());
        }
        try {
            return new Journal(Files.readAllLines(file).stream()
                    .map(line -> line.split(" "))
                    .map(words -> new Line(words[0], words[1], Integer.parseInt(words[2])))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every attempt begins once, and when one begins the one before it is over for good.
    void assertAttemptsFollowEachOther() {
        assertThat(lines).doesNotHaveDuplicates();
        Map<String, Integer> latest = new HashMap<>();
        for (Line line : lines) {
            assertThat(line.attempt())
                    .as("%s, after attempt %s of the same task", line, latest.get(line.task()))
                    .isGreaterThanOrEqualTo(latest.getOrDefault(line.task(), 0));
            latest.put(line.task(), line.attempt());
        }
    }

    /// Since `earlier` no attempt has begun of `tasks`.
    void assertUntouchedSince(Journal earlier, Set<String> tasks) {
        assertThat(lines).hasSizeGreaterThanOrEqualTo(earlier.lines.size());
        assertThat(lines.subList(0, earlier.lines.size())).isEqualTo(earlier.lines);
        assertThat(lines.subList(earlier.lines.size(), lines.size()))
                .filteredOn(line -> line.what().equals("begin"))
                .noneMatch(line -> tasks.contains(line.task()));
    }

    /// The tasks of which an attempt came to its end.
    Set<String> ended() {
        Set<String> tasks = new HashSet<>();
        lines.stream().filter(line -> line.what().equals("end")).forEach(line -> tasks.add(line.task()));
        return tasks;
    }
}
