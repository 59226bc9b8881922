package dev.ropewalk.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.EngineException;
import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionEventType;
import dev.ropewalk.ExecutionMessage;
import dev.ropewalk.ExecutionUpdate;
import dev.ropewalk.History;
import dev.ropewalk.Subscription;
import dev.ropewalk.UpdateStream;
import dev.ropewalk.Workflows;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.PlanBuilder;
import dev.ropewalk.plan.TaskStatus;
import dev.ropewalk.tool.MessageLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EngineWatchTest {

    private ExecutionEngine engine;
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void open() {
        engine = ExecutionEngine.inMemory();
        engine.tools().register("noop", call -> null);
        engine.tools().register("talk", call -> {
            call.progress(0.5, "half way");
            call.log(MessageLevel.WARNING, "careful");
            entered.countDown();
            release.await();
            return "said";
        });
    }

    @AfterEach
    void close() {
        release.countDown();
        engine.close();
    }

    private static ExecutionPlan chain(int length) {
        PlanBuilder plan = ExecutionPlan.named("chain");
        for (int i = 0; i < length; i++) {
            int at = i;
            plan.task("t" + i, t -> {
                t.tool("noop");
                if (at > 0) {
                    t.after("t" + (at - 1));
                }
            });
        }
        return plan.build();
    }

    @Test
    void every_event_reaches_a_subscriber_once_and_in_order() {
        String id = engine.submit(chain(50)).join().executionId();
        List<ExecutionEvent> events = new CopyOnWriteArrayList<>();
        List<ExecutionStatus> statuses = new CopyOnWriteArrayList<>();

        try (Subscription _ = engine.subscribe(id, 0, update -> {
            events.addAll(update.events());
            statuses.add(update.status());
        })) {
            Awaitility.await().until(() -> statuses.contains(ExecutionStatus.COMPLETED));
        }

        assertThat(events).isEqualTo(engine.history().events(id, 0, Integer.MAX_VALUE));
        assertThat(events).extracting(ExecutionEvent::id).doesNotHaveDuplicates();
        assertThat(events.getLast().type()).isEqualTo(ExecutionEventType.EXECUTION_COMPLETED);
    }

    @Test
    void a_subscription_can_begin_in_the_middle_and_after_the_end() {
        String id = engine.submit(chain(3)).join().executionId();
        engine.completion(id).join();
        List<ExecutionEvent> events = new CopyOnWriteArrayList<>();

        engine.subscribe(id, 5, update -> events.addAll(update.events()));

        Awaitility.await()
                .until(() -> !events.isEmpty() && events.getLast().type() == ExecutionEventType.EXECUTION_COMPLETED);
        assertThat(events.getFirst().seq()).isEqualTo(6);
        assertThat(events).isEqualTo(engine.history().events(id, 5, Integer.MAX_VALUE));
    }

    @Test
    void a_slow_subscriber_misses_nothing_and_holds_up_nobody() throws Exception {
        String id = engine.submit(chain(600)).join().executionId();
        CountDownLatch go = new CountDownLatch(1);
        List<ExecutionEvent> events = new CopyOnWriteArrayList<>();
        engine.subscribe(id, 0, update -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            events.addAll(update.events());
        });

        engine.completion(id).join();
        go.countDown();

        Awaitility.await()
                .until(() -> !events.isEmpty() && events.getLast().type() == ExecutionEventType.EXECUTION_COMPLETED);
        assertThat(events).isEqualTo(engine.history().events(id, 0, Integer.MAX_VALUE));
    }

    @Test
    void a_subscriber_that_throws_is_left_out_and_the_others_go_on() {
        String id = engine.submit(chain(20)).join().executionId();
        List<ExecutionStatus> statuses = new CopyOnWriteArrayList<>();
        engine.subscribe(id, 0, update -> {
            throw new IllegalStateException("no");
        });
        engine.subscribe(id, 0, update -> statuses.add(update.status()));

        Awaitility.await().until(() -> statuses.contains(ExecutionStatus.COMPLETED));
        assertThatThrownBy(() -> engine.subscribe("nobody", 0, update -> {})).isInstanceOf(EngineException.class);
    }

    @Test
    void progress_and_messages_are_seen_live_and_messages_are_kept() throws Exception {
        String id = engine.submit(ExecutionPlan.named("talk")
                        .task("t", t -> t.tool("talk"))
                        .build())
                .join()
                .executionId();
        List<ExecutionUpdate> updates = new ArrayList<>();
        entered.await();

        try (UpdateStream stream = engine.monitor(id)) {
            while (stream.hasNext()) {
                ExecutionUpdate update = stream.next();
                updates.add(update);
                release.countDown();
            }
            assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
        }

        assertThat(updates.getFirst().progress().percentage()).isEqualTo(50.0);
        assertThat(updates.getFirst().currentTask()).contains("t");
        assertThat(updates.getFirst().messages())
                .extracting(ExecutionMessage::message)
                .containsExactly("half way", "careful");
        assertThat(updates.getLast().status()).isEqualTo(ExecutionStatus.COMPLETED);
        Awaitility.await()
                .until(() ->
                        !engine.history().messages(id, Optional.empty(), 10).isEmpty());
        assertThat(engine.history().messages(id, Optional.of("t"), 10))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.level()).isEqualTo(MessageLevel.WARNING);
                    assertThat(message.message()).isEqualTo("careful");
                    assertThat(message.attempt()).isEqualTo(1);
                });
        History.Messages page = engine.history().messagesAfter(id, Optional.empty(), 0, 10);
        assertThat(engine.history()
                        .messagesAfter(id, Optional.empty(), page.last(), 10)
                        .messages())
                .isEmpty();
    }

    @Test
    void a_stream_can_be_closed_before_the_end() throws Exception {
        String id = engine.submit(ExecutionPlan.named("talk")
                        .task("t", t -> t.tool("talk"))
                        .build())
                .join()
                .executionId();
        entered.await();
        UpdateStream stream = engine.monitor(id);
        assertThat(stream.next().status()).isEqualTo(ExecutionStatus.RUNNING);

        stream.close();

        assertThat(stream.hasNext()).isFalse();
    }

    @Test
    void the_history_lists_executions_and_tasks_through_its_indexes() {
        String id = engine.submit(chain(3)).join().executionId();
        engine.completion(id).join();
        String other = engine.submit(chain(2)).join().executionId();
        engine.completion(other).join();

        Awaitility.await().until(() -> engine.history().tasks(id, List.of(), 10).size() == 3);
        assertThat(engine.history().executions(History.Filter.newest(10)))
                .extracting(History.Execution::id)
                .containsExactly(other, id);
        History.Filter older = new History.Filter(
                List.of(ExecutionStatus.COMPLETED), Optional.of("chain"), List.of(), Map.of(), Optional.of(other), 5);
        assertThat(engine.history().executions(older))
                .extracting(History.Execution::id)
                .containsExactly(id);
        assertThat(engine.history().countByStatus()).containsEntry(ExecutionStatus.COMPLETED, 2L);
        assertThat(engine.history().tasks(id, List.of(TaskStatus.COMPLETED), 2)).hasSize(2);
        assertThat(engine.history().taskResult(id, "t1")).isNull();
        assertThatThrownBy(() -> engine.history().taskResult(id, "nothing")).hasMessageContaining("no task");
        assertThatThrownBy(() -> engine.history().result("nobody")).hasMessageContaining("no execution");
        assertThatThrownBy(() -> engine.history().execution(id.substring(0, 4))).hasMessageContaining("several");
        assertThat(engine.history().execution(id)).isPresent();
        assertThat(engine.history().execution("zzz")).isEmpty();
    }

    @Test
    void a_task_without_a_result_says_so() throws Exception {
        String id = engine.submit(ExecutionPlan.named("talk")
                        .task("t", t -> t.tool("talk"))
                        .build())
                .join()
                .executionId();
        entered.await();

        assertThatThrownBy(() -> engine.history().taskResult(id, "t")).hasMessageContaining("has no result");
        assertThat(engine.history().result(id)).isEmpty();
        assertThat(engine.history().tasks(id, List.of(), 10))
                .singleElement()
                .satisfies(task -> assertThat(task.status()).isEqualTo(TaskStatus.RUNNING));
    }

    @Test
    void the_result_of_a_for_each_is_the_list_of_its_items_results() {
        engine.tools().register("list", call -> List.of(1, 2, 3));
        engine.tools().register("noop2", call -> call.taskPath());
        ExecutionPlan plan = ExecutionPlan.named("each")
                .task("items", t -> t.tool("list"))
                .task("each", t -> t.tool("noop2").forEach(dev.ropewalk.plan.Values.resultOf("items")))
                .result(dev.ropewalk.plan.Values.resultOf("each"))
                .build();

        String id = engine.submit(plan).join().executionId();

        assertThat(engine.completion(id).join().result()).isEqualTo(List.of("each[0]", "each[1]", "each[2]"));
        assertThat(engine.history().taskResult(id, "each")).isEqualTo(List.of("each[0]", "each[1]", "each[2]"));
        assertThat(engine.history().taskResult(id, "each[1]")).isEqualTo("each[1]");
    }

    @Test
    void workflows_are_kept_by_name_and_version() {
        Workflows.Definition one = new Workflows.Definition("w", "1", "yaml", "name: w", "first");
        Workflows.Definition two = new Workflows.Definition("w", "2", "yaml", "name: w2", "");

        engine.workflows().register(one);
        engine.workflows().register(one);
        engine.workflows().register(two);

        assertThat(engine.workflows().list()).containsExactly(one, two);
        assertThat(engine.history().workflows()).containsExactly(one, two);
        assertThat(engine.workflows().find("w", "")).contains(two);
        assertThat(engine.workflows().find("w", "1")).contains(one);
        assertThatThrownBy(() -> engine.workflows().register(new Workflows.Definition("w", "1", "yaml", "x", "")))
                .hasMessageContaining("another definition");
        assertThatThrownBy(() -> engine.execute("nothing@3", Map.of()).join()).hasMessageContaining("no workflow");
        assertThatThrownBy(() -> engine.execute("w", Map.of("x", 1)).join()).hasMessageContaining("yaml");
    }
}
