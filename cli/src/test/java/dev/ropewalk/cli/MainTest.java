package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MainTest {

    @Test
    void the_version_goes_to_stdout() {
        Outcome outcome = run("--version");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).startsWith("ropewalk ");
    }

    @Test
    void help_goes_to_stdout() {
        Outcome outcome = run("--help");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).startsWith("Usage: ropewalk").contains("validate", "70 internal error");
    }

    @Test
    void an_unknown_command_is_a_usage_error_on_stderr() {
        Outcome outcome = run("vaildate");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEqualTo("""
                error[USAGE] there is no command "vaildate"
                  → did you mean "validate"?
                """);
    }

    @Test
    void what_is_wrong_with_a_command_line_is_told_in_a_block() {
        assertThat(run("run", "p.yaml", "--jsn").err()).isEqualTo("""
                error[USAGE] there is no option "--jsn"
                  → did you mean "--json"?
                """);
        assertThat(run("run", "p.yaml", "q.yaml").err())
                .contains("\"q.yaml\" is one argument too many", "see `ropewalk run --help`");
        assertThat(run("show").err())
                .contains("error[USAGE] Missing required parameter: 'ID'", "`ropewalk show --help`");
        assertThat(run("show").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void no_command_at_all_shows_what_there_is() {
        Outcome outcome = run();
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("Usage:");
    }

    @Test
    void what_is_not_built_says_so() {
        for (String command : new String[] {"serve", "pause", "plan", "simulate"}) {
            Outcome outcome = run(command, "x");
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err()).contains("NOT_BUILT", "not built yet", "→");
        }
    }

    private Outcome run(String... arguments) {
        return Outcome.of(arguments);
    }
}
