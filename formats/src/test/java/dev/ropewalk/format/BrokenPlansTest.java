package dev.ropewalk.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plans that are wrong in all sorts of ways, and beside each what its author is told.
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrokenPlansTest {

    static Stream<String> broken_plans() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(directory())) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("broken_plans")
    void all_problems_are_told_with_place_and_remedy(String name) throws IOException, URISyntaxException {
        Path file = directory().resolve(name);

        CheckedPlan checked = Plans.check(new PlanReader().read(name, Files.readAllBytes(file)));

        assertThat(checked.plan()).isEmpty();
        assertThat(checked.problems())
                .allSatisfy(problem -> assertThat(problem.remedy()).isNotEmpty());
        String told = checked.problems().stream()
                .map(problem -> problem.code() + "  " + problem.render() + "\n")
                .collect(Collectors.joining());
        assertThat(told).isEqualTo(Files.readString(directory().resolve(name.replace(".yaml", ".txt"))));
    }

    private static Path directory() throws URISyntaxException {
        return Path.of(BrokenPlansTest.class.getResource("/broken").toURI());
    }
}
