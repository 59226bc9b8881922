package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What somebody reads whose plan is broken. The plans are those of the module formats, which knows
/// each text word by word.
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrokenPlansTest {

    private static final Path PLANS = Path.of("..", "formats", "src", "test", "resources", "broken");

    /// `error[CODE] file:line:column`, then where and what, then what would do.
    private static final Pattern PROBLEM = Pattern.compile("error\\[[A-Z_]+] \\S+:\\d+:\\d+\\n  \\S.*\\n  → \\S.*\\n");

    @TempDir
    Path folder;

    static Stream<Path> broken_plans() throws IOException {
        try (Stream<Path> files = Files.list(PLANS)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("broken_plans")
    void every_problem_is_told_with_its_line_and_a_remedy(Path plan) throws IOException {
        Path golden = Path.of(plan.toString().replace(".yaml", ".txt"));
        for (String command : List.of("validate", "run")) {
            Outcome outcome = refused(command, plan.toString());

            assertThat(PROBLEM.matcher(outcome.err()).replaceAll("")).isEmpty();
            assertThat(PROBLEM.matcher(outcome.err()).results())
                    .hasSizeGreaterThanOrEqualTo(Files.readAllLines(golden).size());
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void more_problems_than_anybody_reads_are_counted() throws IOException {
        StringBuilder tasks = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            tasks.append("      - { id: t%d, tool: value, tmeout: 1s }\n".formatted(i));
        }
        Path plan =
                Files.writeString(folder.resolve("many.yaml"), "name: many\nsteps:\n  - id: s\n    tasks:\n" + tasks);

        assertThat(refused("validate", plan.toString()).err()).endsWith("… and 200 more problems\n");
    }

    private Outcome refused(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--store", "sqlite:" + folder.resolve("store.db")));
        Outcome outcome = Outcome.of(all.toArray(String[]::new));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        return outcome;
    }
}
