package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.value.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MessagesTest {

    @TempDir
    Path folder;

    @Test
    void what_tasks_say_is_shown_and_kept() {
        String store = "sqlite:" + folder.resolve("store.db");
        Outcome run = Outcome.of("call", "chatty", "--id", "c", "--store", store);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("warning call: speaking of WARNING", "error call: speaking of ERROR")
                .doesNotContain("speaking of DEBUG");

        assertThat(Outcome.of("logs", "c", "--store", store).out().lines())
                .hasSize(4)
                .last()
                .asString()
                .endsWith("error call: speaking of ERROR");
        List<?> logs = (List<?>) Json.read(
                Outcome.of("logs", "c", "call", "--json", "--store", store).out());
        assertThat(logs)
                .hasSize(4)
                .map(message -> String.valueOf(((Map<?, ?>) message).get("message")))
                .contains("speaking of INFO");
        assertThat(Outcome.of("logs", "c", "--json", "--follow", "--store", store)
                        .out()
                        .lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).contains("\"level\":"));
    }

    @Test
    void a_large_result_is_fetched_when_it_is_wanted() {
        String store = "sqlite:" + folder.resolve("store.db");
        Outcome run = Outcome.of("call", "chatty", "--id", "c", "--store", store);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("its result has 20,000 characters; see `ropewalk result c`");
        assertThat(Outcome.of("result", "c", "--store", store).out()).hasSize(20_001);
        assertThat(Outcome.of("result", "c", "call", "--store", store).out()).hasSize(20_001);
        assertThat(Outcome.of("call", "chatty", "--store", "memory:").out()).hasSize(20_001);
    }

    @Test
    void a_tool_that_cannot_be_asked_is_a_problem_and_not_the_end() {
        Outcome tools = Outcome.of("tools");
        assertThat(tools.out()).contains("chatty", "shell");
        assertThat(tools.err()).contains("cannot be asked");
    }
}
