package dev.ropewalk.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ToolFamiliesTest {

    private final List<ToolSettings> made = new ArrayList<>();

    private record EmptyFamily() implements ToolProvider {
        @Override
        public Optional<Tool> find(String name) {
            return Optional.empty();
        }

        @Override
        public List<ToolDescriptor> list(Consumer<String> problems) {
            return List.of();
        }

        @Override
        public boolean mayHave(String name) {
            return false;
        }

        @Override
        public void close() {}
    }

    private ToolProviderFactory factory(String name) {
        return new ToolProviderFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public ToolProvider create(ToolSettings settings) {
                made.add(settings);
                return new EmptyFamily();
            }
        };
    }

    private static ToolFamilies configured(Map<String, Map<String, Object>> sections) {
        return new ToolFamilies(sections, Path.of("work"), Map.of("PATH", "/bin"));
    }

    @Test
    void each_family_gets_its_section_and_they_come_in_order_of_name() {
        try (StandardToolRegistry registry = new StandardToolRegistry()) {
            configured(Map.of("shell", Map.of("enabled", true)))
                    .addTo(registry, List.of(factory("shell"), factory("http")));
            assertThat(registry.knownNames()).isEmpty();
        }
        assertThat(made).extracting(ToolSettings::values).containsExactly(Map.of(), Map.of("enabled", true));
        assertThat(made).extracting(ToolSettings::workingDirectory).containsOnly(Path.of("work"));
        assertThat(made).extracting(ToolSettings::environment).containsOnly(Map.of("PATH", "/bin"));
    }

    @Test
    void a_section_without_a_family_is_refused_before_anything_is_made() {
        try (StandardToolRegistry registry = new StandardToolRegistry()) {
            List<ToolProviderFactory> factories = List.of(factory("shell"), factory("http"));
            assertThatThrownBy(() -> configured(Map.of("shel", Map.of())).addTo(registry, factories))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("tools.shel: there is no family of tools with this name; did you mean \"shell\"?");
            assertThatThrownBy(() -> configured(Map.of("kubernetes", Map.of())).addTo(registry, factories))
                    .hasMessageEndingWith("there are \"http\", \"shell\"");
        }
        assertThat(made).isEmpty();
    }

    @Test
    void two_families_of_one_name_are_refused() {
        try (StandardToolRegistry registry = new StandardToolRegistry()) {
            assertThatThrownBy(() -> configured(Map.of()).addTo(registry, List.of(factory("a"), factory("a"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("two families of tools are named \"a\"");
        }
    }
}
