package dev.ropewalk.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.format.tree.TreeLimits;
import dev.ropewalk.plan.ConcurrencyGroup;
import dev.ropewalk.plan.ResourcePool;
import dev.ropewalk.plan.SharedResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SettingsFileTest {

    @TempDir
    private Path directory;

    @Test
    void settings_keep_their_order_and_types() throws IOException {
        SettingsFile file = read("settings.yaml", "b: { x: [1, 2.5, true, ~] }\na: text\n");

        assertThat(file.problems()).isEmpty();
        assertThat(file.values().keySet()).containsExactly("b", "a");
        assertThat(file.values().get("a")).isEqualTo("text");
        assertThat(((Map<?, ?>) file.values().get("b")).get("x").toString()).isEqualTo("[1, 2.5, true, null]");
        assertThat(read("settings.json", "{\"a\": 1}").values()).hasSize(1);
    }

    @Test
    void a_file_without_a_word_holds_no_settings() throws IOException {
        SettingsFile file = read("settings.yaml", "\n \n");

        assertThat(file.problems()).isEmpty();
        assertThat(file.values()).isEmpty();
        assertThat(file.problem(List.of("store"), "MISSING_KEY", "no store", "name one")
                        .line())
                .isEqualTo(1);
    }

    @Test
    void a_problem_stands_at_its_key_or_at_the_last_one_on_the_way() throws IOException {
        SettingsFile file = read("settings.yaml", "engine:\n  grace: 1s\n");

        assertThat(place(file, "engine", "grace")).isEqualTo("2:3");
        assertThat(place(file, "engine", "grace", "x")).isEqualTo("2:3");
        assertThat(place(file, "engine", "other")).isEqualTo("1:1");
        assertThat(file.problem(List.of("engine", "grace"), "WRONG_TYPE", "m", "r")
                        .path())
                .isEqualTo("engine.grace");
    }

    @Test
    void what_is_no_map_of_settings_is_reported() throws IOException {
        assertThat(codes(read("list.yaml", "- a\n"))).containsExactly("WRONG_TYPE");
        assertThat(codes(read("twice.yaml", "a: 1\na: 2\n"))).containsExactly("DUPLICATE_KEY");
        assertThat(codes(read("broken.json", "{"))).containsExactly("INVALID_JSON");
        assertThat(codes(SettingsFile.read(directory.resolve("none.yaml")))).containsExactly("FILE_UNREADABLE");
        assertThat(codes(read("large.yaml", "#".repeat(TreeLimits.DEFAULT.yamlBytes() + 1))))
                .containsExactly("LIMIT_EXCEEDED");
        assertThat(read("list.yaml", "- a\n").values()).isEmpty();
    }

    @Test
    void what_all_plans_share_is_read_as_in_a_plan() throws IOException {
        List<LocatedProblem> problems = new ArrayList<>();
        SharedResources shared = read("settings.yaml", """
                        groups: { llm: { maxConcurrent: 3 } }
                        pools:
                          cpu: { capacity: 8 }
                        """).shared(problems::add);

        assertThat(shared.groups())
                .containsExactly(ConcurrencyGroup.named("llm").withMaxConcurrent(3));
        assertThat(shared.pools()).containsExactly(ResourcePool.of("cpu", "8"));
        assertThat(problems).extracting(LocatedProblem::code).allMatch("UNSUPPORTED"::equals);
        assertThat(read("none.yaml", "a: 1").shared(problems::add)).isSameAs(SharedResources.NONE);
    }

    @Test
    void problems_of_what_is_shared_stand_at_their_place() throws IOException {
        List<LocatedProblem> problems = new ArrayList<>();
        read("settings.yaml", """
                        groups: { llm: { max_concurrent: 3, requests: { limit: 1, per: 32d } } }
                        pools:
                          cpu: { capacity: lots }
                        """).shared(problems::add);

        assertThat(problems)
                .filteredOn(problem -> !problem.code().equals("UNSUPPORTED"))
                .extracting(problem -> "%d:%d %s".formatted(problem.line(), problem.column(), problem.path()))
                .containsExactlyInAnyOrder(
                        "1:18 groups.llm.max_concurrent", "3:20 pools.cpu.capacity", "1:64 groups.llm.requests.per");
    }

    private SettingsFile read(String name, String text) throws IOException {
        return SettingsFile.read(Files.writeString(directory.resolve(name), text));
    }

    private static String place(SettingsFile file, String... path) {
        LocatedProblem problem = file.problem(List.of(path), "WRONG_TYPE", "m", "r");
        return problem.line() + ":" + problem.column();
    }

    private static List<String> codes(SettingsFile file) {
        return file.problems().stream().map(LocatedProblem::code).toList();
    }
}
