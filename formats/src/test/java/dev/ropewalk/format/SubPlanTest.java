package dev.ropewalk.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ropewalk.plan.Template;
import dev.ropewalk.plan.Workflow;
import dev.ropewalk.plan.Workflow.RunPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class SubPlanTest {

    private static final String LEAF = Plans.withTask("tool: shell");

    @TempDir
    private Path directory;

    @Test
    void a_plan_names_another_relative_to_its_own_file() throws IOException {
        write("root.yaml", including("parts/middle.yaml", "with: { path: \"${vars.p}\", n: 1 }"));
        write("parts/middle.yaml", including("deep/leaf.json", ""));
        write("parts/deep/leaf.json", "{\"name\": \"leaf\", \"steps\": []}");

        Workflow root = read("root.yaml").workflow().orElseThrow();

        RunPlan run = (RunPlan) root.steps().getFirst().tasks().getFirst().action();
        assertThat(run.source()).isEqualTo("parts/middle.yaml");
        assertThat(run.with()).extracting(Template.Entry::key).containsExactly("path", "n");
        RunPlan inner =
                (RunPlan) run.workflow().steps().getFirst().tasks().getFirst().action();
        assertThat(inner.workflow().name()).isEqualTo("leaf");
    }

    @Test
    void problems_of_form_in_a_sub_plan_name_its_file() throws IOException {
        write("root.yaml", including("parts/leaf.yaml", ""));
        write("parts/leaf.yaml", LEAF + "        timeot: 1s\n");

        assertThat(problems("root.yaml"))
                .containsExactly(directory.resolve("parts/leaf.yaml")
                        + ":7:9  steps[0].tasks[0].timeot  a task has no key \"timeot\"  → did you mean \"timeout\"?");
    }

    @Test
    void problems_of_meaning_in_a_sub_plan_name_its_file() throws IOException {
        write("root.yaml", including("leaf.yaml", ""));
        write("leaf.yaml", LEAF + "        after: [tsk]\n");

        assertThat(problems("root.yaml"))
                .containsExactly(directory.resolve("leaf.yaml")
                        + ":7:17  steps[0].tasks[0].plan.steps[0].tasks[0].after[0]  \"tsk\" is not a task of this plan"
                        + "  → did you mean \"task\"?");
    }

    @Test
    void a_file_that_is_named_often_is_read_once() throws IOException {
        StringBuilder previous = new StringBuilder(LEAF);
        for (int i = 0; i < 10; i++) {
            write("level" + i + ".yaml", previous.toString());
            previous = new StringBuilder("name: test\nsteps:\n  - id: step\n    tasks:\n");
            for (int k = 0; k < 10; k++) {
                previous.append("      - { id: t%d, plan: level%d.yaml }\n".formatted(k, i));
            }
        }
        write("root.yaml", previous.toString());

        Workflow root = read("root.yaml").workflow().orElseThrow();

        // Compared by identity: equals() of such a tree would visit each of its leaves.
        Set<Workflow> named = Collections.newSetFromMap(new IdentityHashMap<>());
        root.steps().getFirst().tasks().forEach(task -> named.add(((RunPlan) task.action()).workflow()));
        assertThat(named.size()).isEqualTo(1);
        // Ten to the tenth tasks are the compiler's to refuse.
        assertThat(problems("root.yaml")).isNotEmpty();
    }

    @Test
    void plans_that_contain_themselves_are_refused_with_the_way() throws IOException {
        write("a.yaml", including("b.yaml", ""));
        write("b.yaml", including("sub/c.yaml", ""));
        write("sub/c.yaml", including("../a.yaml", ""));

        assertThat(problems("a.yaml"))
                .containsExactly(directory.resolve("sub/c.yaml")
                        + ":6:15  steps[0].tasks[0].plan  the plan contains itself: "
                        + "%1$s/a.yaml → %1$s/b.yaml → %1$s/sub/c.yaml → %1$s/a.yaml".formatted(directory)
                        + "  → remove one of these `plan` keys");
    }

    @Test
    void sub_plans_may_be_nested_to_the_limit_only() throws IOException {
        write("0.yaml", LEAF);
        for (int i = 1; i <= 17; i++) {
            write(i + ".yaml", including((i - 1) + ".yaml", ""));
        }

        assertThat(read("16.yaml").problems()).isEmpty();
        assertThat(read("17.yaml").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("LIMIT_EXCEEDED");
            assertThat(problem.message()).startsWith("sub-plans are nested deeper than 16 levels: ");
            assertThat(problem.file()).isEqualTo(directory.resolve("1.yaml").toString());
        });
    }

    @Test
    void a_known_file_counts_with_all_that_is_below_it() throws IOException {
        write("0.yaml", LEAF);
        for (int i = 1; i <= 16; i++) {
            write(i + ".yaml", including((i - 1) + ".yaml", ""));
        }
        write("root.yaml", """
                name: test
                steps:
                  - id: step
                    tasks:
                      - { id: a, plan: 15.yaml }
                      - { id: b, plan: 16.yaml }
                """);

        assertThat(read("root.yaml").problems())
                .extracting(LocatedProblem::code)
                .containsExactly("LIMIT_EXCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.yaml", "/etc/hostname", "sub/../../outside.yaml", "../plans/../outside.yaml"})
    void no_plan_leads_out_of_the_directory_of_the_outermost(String file) throws IOException {
        Path plans = Files.createDirectory(directory.resolve("plans"));
        Files.writeString(directory.resolve("outside.yaml"), LEAF);
        Path root = Files.writeString(plans.resolve("root.yaml"), including(file, ""));

        assertThat(new PlanReader().read(root).problems())
                .extracting(LocatedProblem::code)
                .containsExactly("FILE_FORBIDDEN");
    }

    @Test
    void links_do_not_lead_out_either() throws IOException {
        Path plans = Files.createDirectory(directory.resolve("plans"));
        Path outside = Files.writeString(directory.resolve("outside.yaml"), LEAF);
        Files.createSymbolicLink(plans.resolve("link.yaml"), outside);
        Path root = Files.writeString(plans.resolve("root.yaml"), including("link.yaml", ""));

        assertThat(new PlanReader().read(root).problems())
                .extracting(LocatedProblem::code)
                .containsExactly("FILE_FORBIDDEN");
    }

    @Test
    void a_link_to_the_outermost_plan_itself_is_followed() throws IOException {
        write("real/root.yaml", including("leaf.yaml", ""));
        write("real/leaf.yaml", LEAF);
        Path link = Files.createSymbolicLink(directory.resolve("link.yaml"), directory.resolve("real/root.yaml"));

        assertThat(new PlanReader().read(link).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.yaml", "sub", "a\\0b"})
    void what_is_no_file_is_told(String file) throws IOException {
        Files.createDirectory(directory.resolve("sub"));
        write("root.yaml", including('"' + file + '"', ""));

        assertThat(read("root.yaml").problems())
                .extracting(LocatedProblem::code)
                .containsExactly("FILE_UNREADABLE");
    }

    @Test
    void what_a_sub_plan_is_given_is_a_map_of_variables() throws IOException {
        write("root.yaml", including("leaf.yaml", "with: \"${vars}\""));
        write("leaf.yaml", LEAF);

        assertThat(read("root.yaml").problems())
                .extracting(LocatedProblem::code, LocatedProblem::remedy)
                .containsExactly(tuple("WRONG_TYPE", "write `name: value` for each variable"));
    }

    @Test
    void a_plan_from_memory_names_no_files() {
        ReadPlan read =
                new PlanReader().read("plan.yaml", including("leaf.yaml", "").getBytes(StandardCharsets.UTF_8));

        assertThat(read.workflow()).isEmpty();
        assertThat(read.problems()).extracting(LocatedProblem::code).containsExactly("UNSUPPORTED");
    }

    @Test
    void servers_of_a_sub_plan_are_not_taken() throws IOException {
        write("root.yaml", including("leaf.yaml", ""));
        write("leaf.yaml", LEAF + "mcpServers: { files: { command: [x] } }\n");

        ReadPlan read = read("root.yaml");

        assertThat(read.mcpServers()).isEmpty();
        assertThat(read.problems()).extracting(LocatedProblem::code).containsExactly("UNSUPPORTED");
    }

    private static String including(String file, String lines) {
        return Plans.withTask("plan: " + file + "\n" + lines);
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ReadPlan read(String name) {
        return new PlanReader().read(directory.resolve(name));
    }

    private List<String> problems(String name) {
        return Plans.check(read(name)).problems().stream()
                .map(LocatedProblem::render)
                .toList();
    }
}
