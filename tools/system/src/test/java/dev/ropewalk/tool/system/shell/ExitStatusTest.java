package dev.ropewalk.tool.system.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExitStatusTest {

    @ParameterizedTest
    @CsvSource({
        "1, Linux, EXIT_1",
        "127, Linux, EXIT_127",
        "128, Linux, EXIT_128",
        "129, Linux, SIGNAL_HUP",
        "143, Mac OS X, SIGNAL_TERM",
        "138, Linux, SIGNAL_USR1",
        "138, Mac OS X, SIGNAL_BUS",
        "135, Linux, SIGNAL_BUS",
        "255, Linux, EXIT_255"
    })
    void a_code_above_128_stands_for_a_signal_of_the_system(int code, String system, String failure) {
        assertThat(new ExitStatus(code).failureCode(system)).isEqualTo(failure);
    }
}
