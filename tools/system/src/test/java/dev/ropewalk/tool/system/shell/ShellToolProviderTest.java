package dev.ropewalk.tool.system.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolProvider;
import dev.ropewalk.tool.ToolProviderFactory;
import dev.ropewalk.tool.ToolSettings;
import dev.ropewalk.value.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ShellToolProviderTest {
    @TempDir
    Path directory;

    private ToolProvider provider(Map<String, Object> settings) {
        return new ShellToolProviderFactory().create(new ToolSettings(settings, directory, Map.of()));
    }

    @Test
    void the_family_is_found_by_the_service_loader() {
        assertThat(ServiceLoader.load(ToolProviderFactory.class).stream()
                        .map(found -> found.get().name()))
                .contains("shell");
    }

    @Test
    void the_family_has_one_tool_with_schemas_that_are_json() throws Exception {
        try (ToolProvider provider = provider(Map.of())) {
            assertThat(provider.mayHave("shell")).isTrue();
            assertThat(provider.mayHave("shel")).isFalse();
            assertThat(provider.find("http")).isEmpty();
            assertThat(provider.knownNames()).containsExactly("shell");
            List<ToolDescriptor> list = provider.list(problem -> {
                throw new AssertionError(problem);
            });

            assertThat(list).extracting(ToolDescriptor::name).containsExactly("shell");
            assertThat(read(list.getFirst().inputSchema().orElseThrow())).containsEntry("additionalProperties", false);
            assertThat(read(list.getFirst().outputSchema().orElseThrow())).containsEntry("type", "object");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(String schema) {
        return (Map<String, Object>) Json.read(schema);
    }

    @Test
    void the_family_can_be_switched_off() throws Exception {
        try (ToolProvider provider = provider(Map.of("enabled", false))) {
            assertThat(provider.mayHave("shell")).isFalse();
            assertThat(provider.find("shell")).isEmpty();
            assertThat(provider.knownNames()).isEmpty();
            assertThat(provider.list(_ -> {})).isEmpty();
        }
    }

    @Test
    void wrong_settings_are_refused_with_their_names() {
        assertThatThrownBy(() -> provider(Map.of("enabled", "no", "leftoverWait", 3L, "environmant", List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "tools.shell.enabled is \"no\" but must be true or false",
                        "tools.shell.leftoverWait is 3 but must be a duration",
                        "tools.shell.environmant is not known; did you mean \"environment\"?");
    }

    @Test
    void the_list_of_variables_takes_the_place_of_the_default() {
        ShellSettings settings = ShellSettings.of(new ToolSettings(
                Map.of("environment", List.of("A", "B_*")),
                directory,
                Map.of("A", "1", "AA", "2", "B_1", "3", "B", "4", "PATH", "5")));

        assertThat(settings.inherited()).isEqualTo(Map.of("A", "1", "B_1", "3"));
    }
}
