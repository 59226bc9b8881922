package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InterruptsTest {

    @Test
    void the_first_signal_asks_and_every_further_one_insists() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch further = new CountDownLatch(2);
        try (Interrupts interrupts = new Interrupts(first::countDown, further::countDown)) {
            assertThat(interrupts.happened()).isFalse();
            terminate();
            assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(interrupts.happened()).isTrue();
            assertThat(further.getCount()).isEqualTo(2);
            terminate();
            while (further.getCount() == 2) {
                Thread.onSpinWait();
            }
            terminate();
            assertThat(further.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void terminate() throws IOException, InterruptedException {
        String self = Long.toString(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("kill", "-TERM", self).start().waitFor()).isZero();
    }
}
