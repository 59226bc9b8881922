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
        assertThat(outcome.err()).contains("vaildate", "validate");
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
