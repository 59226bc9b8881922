package dev.ropewalk.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionEventType;
import dev.ropewalk.ExecutionMessage;
import dev.ropewalk.SubmitOptions;
import dev.ropewalk.Subscription;
import dev.ropewalk.engine.KeptStore;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlanBuilder;
import dev.ropewalk.recovery.Recovery;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.MessageRow;
import dev.ropewalk.tool.MessageLevel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MonitorTest {

    private final KeptStore store = new KeptStore();

    private ExecutionRow ran(int tasks) {
        try (ExecutionEngine engine = ExecutionEngine.builder().store(store).open()) {
            engine.tools().register("noop", call -> null);
            PlanBuilder plan = ExecutionPlan.named("many").maxParallel(1);
            for (int i = 0; i < tasks; i++) {
                plan.task("t" + i, t -> t.tool("noop"));
            }
            engine.execute(plan.build(), SubmitOptions.DEFAULT.withId("x")).join();
        }
        return store.execution("", "x").orElseThrow();
    }

    private static boolean complete(List<ExecutionEvent> events) {
        return !events.isEmpty() && events.getLast().type() == ExecutionEventType.EXECUTION_COMPLETED;
    }

    @Test
    void what_a_flooded_channel_dropped_is_read_from_the_log() {
        ExecutionRow row = ran(700);
        ExecutionPlan plan = new Recovery(store).plan(row);
        LogReader log = new LogReader(store);
        Channel channel = new Channel(log, row.number(), plan, new LiveReports(), () -> 1);
        List<ExecutionEvent> events = new CopyOnWriteArrayList<>();
        Subscriber subscriber =
                new Subscriber(log, row.number(), plan, 0, update -> events.addAll(update.events()), channel::remove);
        long[] seq = {0};
        log.forEach(row.number(), 1, event -> channel.published(++seq[0], List.<LogEvent>of(event)));
        CountDownLatch done = new CountDownLatch(1);

        channel.add(subscriber);
        subscriber.start();
        channel.start(done::countDown);

        assertThat(seq[0]).isGreaterThan(1_024);
        Awaitility.await().until(() -> complete(events));
        assertThat(events).isEqualTo(new StoredHistory(store, false).events("x", 0, Integer.MAX_VALUE));
        Awaitility.await().until(() -> done.getCount() == 0);
        assertThat(channel.add(subscriber)).isFalse();
    }

    @Test
    void two_subscribers_see_the_same_and_one_can_leave_without_the_other() {
        ran(20);
        List<ExecutionEvent> one = new CopyOnWriteArrayList<>();
        List<ExecutionEvent> other = new CopyOnWriteArrayList<>();
        try (Monitor monitor = new Monitor(store, () -> 1)) {
            monitor.start();
            Subscription first = monitor.subscribe("x", 0, update -> one.addAll(update.events()));
            monitor.subscribe("x", 3, update -> other.addAll(update.events()));
            Awaitility.await().until(() -> complete(one) && complete(other));
            first.close();
            first.close();
        }

        assertThat(one).isEqualTo(new StoredHistory(store, false).events("x", 0, Integer.MAX_VALUE));
        assertThat(other).isEqualTo(new StoredHistory(store, false).events("x", 3, Integer.MAX_VALUE));
    }

    @Test
    void messages_are_shortened_written_and_dropped_when_they_come_too_fast() {
        long execution = ran(1).number();
        MessageLog messages = new MessageLog(store);
        messages.add(message(execution, "x".repeat(10_000)));
        for (int i = 0; i < 10_050; i++) {
            messages.add(message(execution, "m" + i));
        }

        messages.start();
        messages.close();

        List<MessageRow> rows = store.messages(execution, Optional.empty(), 0, 20_000);
        assertThat(rows).hasSizeLessThanOrEqualTo(10_000).isNotEmpty();
        assertThat(store.messages(execution, Optional.of("t0"), 0, 20_000)).hasSameSizeAs(rows);
        assertThat(rows).extracting(MessageRow::text).allMatch(text -> text.length() < 8_300);
    }

    private static MessageRow message(long execution, String text) {
        return new MessageRow(0, execution, Optional.of("t0"), 1, 1, "INFO", text);
    }

    @Test
    void live_reports_keep_the_last_thousand_messages() {
        LiveReports reports = new LiveReports();
        for (int i = 0; i < 1_001; i++) {
            reports.message(new ExecutionMessage(MessageLevel.INFO, "m" + i, Instant.EPOCH, Optional.empty(), 1));
        }
        reports.progress("t", 0.5);

        List<ExecutionMessage> drained = new ArrayList<>(reports.drainMessages());

        assertThat(drained).hasSize(1_000);
        assertThat(drained.getFirst().message()).isEqualTo("m1");
        assertThat(reports.fraction("t")).isEqualTo(0.5);
        reports.ended("t");
        assertThat(reports.fraction("t")).isZero();
    }
}
