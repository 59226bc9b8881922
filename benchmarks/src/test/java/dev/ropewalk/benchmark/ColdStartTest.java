package dev.ropewalk.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ColdStartTest {

    @Test
    void the_program_says_when_its_task_is_done_and_ends_with_its_input() throws IOException {
        InputStream in = System.in;
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setIn(InputStream.nullInputStream());
        System.setOut(new PrintStream(said, true, US_ASCII));
        try {
            ColdStart.main(new String[] {"memory"});
        } finally {
            System.setIn(in);
            System.setOut(out);
        }

        assertThat(said.toString(US_ASCII)).isEqualTo("done\n");
    }
}
