package dev.ropewalk.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StandardToolRegistryTest {

    private final List<String> happened = new ArrayList<>();
    private final StandardToolRegistry registry = new StandardToolRegistry();

    /// Has the tools with these names, and one more that needs a server.
    private final class Family implements ToolProvider {
        private final String name;
        private final List<String> tools;

        Family(String name, String... tools) {
            this.name = name;
            this.tools = List.of(tools);
        }

        @Override
        public Optional<Tool> find(String wanted) throws ToolException {
            if (wanted.equals(name + ":down")) {
                throw ToolException.retryable("IO", "server is down");
            }
            return tools.contains(wanted)
                    ? Optional.of(new FunctionTool(ToolDescriptor.of(wanted, "of " + name), _ -> name))
                    : Optional.empty();
        }

        @Override
        public List<ToolDescriptor> list(Consumer<String> problems) {
            problems.accept(name + ":down is down");
            return tools.stream()
                    .map(tool -> ToolDescriptor.of(tool, "of " + name))
                    .toList();
        }

        @Override
        public boolean mayHave(String wanted) {
            return tools.contains(wanted) || wanted.startsWith(name + ":");
        }

        @Override
        public List<String> knownNames() {
            return tools;
        }

        @Override
        public void endOrphans(String markPrefix) {
            happened.add(name + " ends orphans of " + markPrefix);
        }

        @Override
        public void close() {
            happened.add(name + " closed");
            if (name.equals("broken")) {
                throw new IllegalStateException("cannot close");
            }
        }
    }

    @Test
    void a_function_is_called_by_its_name_and_returns_a_value_or_a_result() throws Exception {
        registry.register("value", call -> 5);
        ToolResult full = ToolResult.of(6).with(List.of(new Usage(Usage.CPU_TIME, "ms", 1, 0)));
        registry.register("result", call -> full);
        ToolCall unused = null;
        assertThat(registry.find("value").orElseThrow().call(unused)).isEqualTo(ToolResult.of(5));
        assertThat(registry.find("result").orElseThrow().call(unused)).isSameAs(full);
        assertThat(registry.mayHave("value")).isTrue();
        assertThat(registry.find("other")).isEmpty();
        assertThat(registry.mayHave("other")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a b", "a:b", "a/b", "ropewalk:value", "ä"})
    void a_name_is_a_word(String name) {
        assertThatThrownBy(() -> registry.register(name, call -> null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"%s\"".formatted(name));
        assertThatThrownBy(() -> registry.register("a".repeat(65), call -> null))
                .isInstanceOf(IllegalArgumentException.class);
        registry.register("a".repeat(64), call -> null);
    }

    @Test
    void a_name_that_is_taken_is_refused() {
        registry.register("mine", call -> null);
        registry.add(new Family("shell", "shell"));
        for (String name : List.of("mine", "shell")) {
            assertThatThrownBy(() -> registry.register(name, call -> null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is a tool \"%s\" already; choose another name".formatted(name));
        }
    }

    @Test
    void functions_come_before_families_and_those_in_their_order() throws Exception {
        registry.register("a", call -> null);
        registry.add(new Family("one", "a", "b"));
        registry.add(new Family("two", "b", "c"));
        assertThat(registry.find("a").orElseThrow().descriptor().description()).isEmpty();
        assertThat(registry.find("b").orElseThrow().descriptor().description()).isEqualTo("of one");
        assertThat(registry.find("c").orElseThrow().descriptor().description()).isEqualTo("of two");
        assertThat(registry.mayHave("two:x")).isTrue();
        assertThatThrownBy(() -> registry.find("two:down")).isInstanceOf(ToolException.class);

        List<String> problems = new ArrayList<>();
        assertThat(registry.list(problems::add))
                .extracting(tool -> tool.name() + " " + tool.description())
                .containsExactly("a ", "b of one", "c of two");
        assertThat(problems).containsExactly("one:down is down", "two:down is down");
        assertThat(registry.knownNames()).containsExactly("a", "b", "c");
    }

    @Test
    void closing_ends_every_family_once_the_last_first() {
        registry.add(new Family("first"));
        registry.add(new Family("broken"));
        registry.add(new Family("last"));
        registry.endOrphans("store/");
        registry.close();
        registry.close();
        assertThat(happened)
                .containsExactly(
                        "first ends orphans of store/",
                        "broken ends orphans of store/",
                        "last ends orphans of store/",
                        "last closed",
                        "broken closed",
                        "first closed");
        assertThatThrownBy(() -> registry.register("late", call -> null)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> registry.add(new Family("late"))).isInstanceOf(IllegalStateException.class);
    }
}
