package dev.ropewalk.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.format.cel.CelExpressionLanguage;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.PlanLimits;
import dev.ropewalk.plan.ToolNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `docs/plan-reference.md` and the examples show is so.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanReferenceTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void the_plan_at_a_glance_compiles() throws IOException {
        Matcher block = Pattern.compile("## The whole at a glance\\s+```yaml\\n(.*?)```", Pattern.DOTALL)
                .matcher(reference());
        assertThat(block.find()).isTrue();

        CheckedPlan checked = new PlanReader()
                .read("glance.yaml", block.group(1).getBytes(StandardCharsets.UTF_8))
                .compile(
                        Map.of("pages", Payload.json("[\"a\"]")),
                        PlanLimits.DEFAULT,
                        new CelExpressionLanguage(),
                        ToolNames.UNCHECKED);

        assertThat(checked.problems()).isEmpty();
    }

    @Test
    void every_key_is_described() throws IOException {
        String reference = reference();
        for (Shape shape : Shapes.ALL) {
            assertThat(shape.keys())
                    .as(shape.noun())
                    .allMatch(key -> reference.contains("`" + key + "`") || reference.contains(key + ":"));
        }
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples"))) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("config.yaml"))
                    .filter(file -> !file.toString().contains("node_modules"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_examples_compile(Path example) {
        assertThat(Plans.check(new PlanReader().read(example)).problems()).isEmpty();
    }

    private static String reference() throws IOException {
        return Files.readString(ROOT.resolve("docs/plan-reference.md"));
    }
}
