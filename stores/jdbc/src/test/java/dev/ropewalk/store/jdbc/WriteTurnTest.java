package dev.ropewalk.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WriteTurnTest {
    private final WriteTurn turn = new WriteTurn();
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    @Test
    void an_append_goes_before_whoever_waited_longer() throws InterruptedException {
        turn.take();
        Thread other = waiting(turn::take, "other");
        Thread append = waiting(turn::takeForAppend, "append");
        turn.leave();
        append.join();
        other.join();

        assertThat(order).containsExactly("append", "other");
    }

    @Test
    void whoever_waits_gets_a_turn_however_many_appends_there_are() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        turn.takeForAppend();
        Thread other = waiting(turn::take, "other");
        Thread appends = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                turn.takeForAppend();
                turn.leave();
            }
        });
        turn.leave();
        other.join();
        done.set(true);
        appends.join();

        assertThat(order).containsExactly("other");
    }

    @Test
    void an_interrupt_waits_for_the_turn_too() throws InterruptedException {
        turn.take();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread other = waiting(
                () -> {
                    turn.take();
                    interrupted.set(Thread.currentThread().isInterrupted());
                },
                "other");
        other.interrupt();
        await().until(() -> !other.isInterrupted());
        turn.leave();
        other.join();

        assertThat(interrupted).isTrue();
    }

    private Thread waiting(Runnable take, String name) {
        Thread thread = Thread.ofPlatform().start(() -> {
            take.run();
            order.add(name);
            turn.leave();
        });
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }
}
