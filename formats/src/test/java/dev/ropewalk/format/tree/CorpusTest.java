package dev.ropewalk.format.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.format.PlanReader;
import dev.ropewalk.format.TreeValues;
import dev.ropewalk.format.tree.Node.Entry;
import dev.ropewalk.format.tree.Node.Mapping;
import dev.ropewalk.format.tree.Node.Scalar;
import dev.ropewalk.format.tree.Node.Sequence;
import dev.ropewalk.value.Json;
import dev.ropewalk.value.ValueException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs every case of two public corpora of good and bad input through the reader: JSONTestSuite and
/// yaml-test-suite. A part of each is kept here; `-Dropewalk.corpora=DIR` names a directory with all of
/// both, as `json/test_parsing` and `yaml/src`.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class CorpusTest {

    /// What is JSON and still not accepted: which of two equal keys counts, readers disagree.
    private static final Set<String> REFUSED_THOUGH_VALID =
            Set.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

    /// What is not YAML by the letter, and what the library understands all the same as it is meant:
    /// comments without a blank before them, and lines of a flow that are indented too little.
    private static final Set<String> LENIENT = Set.of(
            "9C9N.yaml#0", "9JBA.yaml#0", "CVW2.yaml#0", "DK95.yaml#1", "QB6E.yaml#0", "SU5Z.yaml#0", "Y79Y.yaml#3");

    static Stream<Path> json_files() throws Exception {
        return files("json", "json/test_parsing", ".json");
    }

    static Stream<Path> yaml_files() throws Exception {
        return files("yaml", "yaml/src", ".yaml");
    }

    @ParameterizedTest
    @MethodSource("json_files")
    void json_is_taken_or_refused_as_the_suite_says(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String name = file.getFileName().toString();

        Composed composed = Composed.of(TextFormat.JSON, bytes);

        if (name.startsWith("y_") && !REFUSED_THOUGH_VALID.contains(name)) {
            assertThat(composed.problems()).isEmpty();
            assertThat(TreeValues.of(composed.tree().orElseThrow())).isEqualTo(Json.read(withoutMark(bytes)));
        } else if (name.startsWith("n_")) {
            assertThat(composed.problems()).isNotEmpty();
        }
        assertThat(new PlanReader().read("plan.json", bytes).problems()).isNotEmpty();
        assertThat(new PlanReader().read("plan.yaml", bytes).problems()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("yaml_files")
    void yaml_is_taken_or_refused_as_the_suite_says(Path file) throws IOException {
        int number = 0;
        for (Case each : cases(file)) {
            byte[] bytes = each.yaml().getBytes(StandardCharsets.UTF_8);
            Composed composed = Composed.of(TextFormat.YAML, bytes);
            String name = file.getFileName() + "#" + number++;

            if (each.fail()) {
                assertThat(composed.problems().isEmpty() && !LENIENT.contains(name))
                        .as(name)
                        .isFalse();
            } else if (composed.problems().isEmpty() && each.json().isPresent()) {
                assertThat(TreeValues.of(composed.tree().orElseThrow()))
                        .as(name)
                        .isEqualTo(each.json().get());
            }
            assertThat(new PlanReader().read("plan.yaml", bytes).problems())
                    .as(name)
                    .isNotEmpty();
        }
    }

    @Test
    void both_corpora_are_there() throws Exception {
        assertThat(json_files().count()).isGreaterThan(30);
        assertThat(yaml_files().count()).isGreaterThan(20);
    }

    private record Case(String yaml, boolean fail, Optional<Object> json) {}

    /// The cases of a file, with the characters that the suite shows by others put back.
    private static List<Case> cases(Path file) throws IOException {
        Node root =
                Composed.of(TextFormat.YAML, Files.readAllBytes(file)).tree().orElseThrow();
        List<Case> cases = new ArrayList<>();
        for (Node item : ((Sequence) root).items()) {
            Map<String, String> fields = new TreeMap<>();
            for (Entry entry : ((Mapping) item).entries()) {
                if (entry.value() instanceof Scalar scalar) {
                    fields.put(entry.key(), scalar.text());
                }
            }
            boolean fail = fields.getOrDefault("fail", "false").equals("true");
            cases.add(new Case(decoded(fields.get("yaml")), fail, json(fields.get("json"))));
        }
        return cases;
    }

    private static String decoded(String shown) {
        return shown.replace("␣", " ")
                .replaceAll("—*»", "\t")
                .replace("⇔", "\uFEFF")
                .replace("↵", "")
                .replaceAll("∎\n$", "")
                .replace("←", "\r");
    }

    /// The value that the suite expects; empty if it expects several, or none.
    private static Optional<Object> json(String text) {
        try {
            return text == null ? Optional.empty() : Optional.ofNullable(Json.read(text));
        } catch (ValueException _) {
            return Optional.empty();
        }
    }

    private static byte[] withoutMark(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).getBytes(StandardCharsets.UTF_8);
    }

    private static Stream<Path> files(String kept, String all, String suffix) throws IOException, URISyntaxException {
        String corpora = System.getProperty("ropewalk.corpora", "");
        Path directory = corpora.isEmpty()
                ? Path.of(CorpusTest.class.getResource("/corpora/" + kept).toURI())
                : Path.of(corpora).resolve(all);
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
        }
    }
}
