package dev.ropewalk.format.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FunctionsTest {

    @Test
    void every_function_is_described_in_the_plan_reference() throws IOException {
        Path reference = Path.of("").toAbsolutePath().getParent().resolve("docs/plan-reference.md");
        String text = Files.readString(reference);
        String section = text.substring(text.indexOf("### Functions"), text.indexOf("## YAML and JSON\n"));

        for (String name : Functions.names()) {
            String word = name.substring(name.indexOf('.') + 1);
            assertThat(section).as(name).containsPattern("\\b" + word + "\\b");
        }
    }

    @Test
    void names_from_elsewhere_lead_to_functions_that_exist() {
        assertThat(ForeignNames.remedy("length")).isEqualTo("use size(x)");
        assertThat(ForeignNames.remedy("splitt")).isEqualTo("did you mean \"split\"?");
        assertThat(ForeignNames.remedy("frobnicate")).isEqualTo("see the functions in the plan reference");
    }
}
