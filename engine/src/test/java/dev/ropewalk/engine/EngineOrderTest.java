package dev.ropewalk.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.EngineBuilder;
import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.SubmitOptions;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.strategy.Factor;
import dev.ropewalk.strategy.ReadyTask;
import dev.ropewalk.strategy.SchedulingContext;
import dev.ropewalk.strategy.SchedulingStrategy;
import dev.ropewalk.strategy.ShortestJobFirst;
import dev.ropewalk.strategy.StrategyRule;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In which order an engine with one slot runs what is ready.
@DisplayNameGeneration(ReplaceUnderscores.class)
class EngineOrderTest {

    /// The last task of the plan first.
    public static final class LastFirst implements SchedulingStrategy {
        @Override
        public String name() {
            return "LAST_FIRST";
        }

        @Override
        public double base(ReadyTask task, SchedulingContext context) {
            return task.definition().index() * 1e3;
        }
    }

    private final List<String> order = new CopyOnWriteArrayList<>();

    private ExecutionEngine open(EngineBuilder builder) {
        ExecutionEngine engine = builder.maxParallel(1).open();
        engine.tools().register("note", call -> {
            order.add(call.taskPath());
            return "";
        });
        return engine;
    }

    private static ExecutionPlan plan() {
        return ExecutionPlan.named("order")
                .task("long", t -> t.tool("note").estimatedDuration(Duration.ofMinutes(1)))
                .task("short", t -> t.tool("note").estimatedDuration(Duration.ofSeconds(1)))
                .task(
                        "high",
                        t -> t.tool("note")
                                .estimatedDuration(Duration.ofSeconds(30))
                                .priority(Priority.CRITICAL))
                .build();
    }

    private List<String> run(EngineBuilder builder, SubmitOptions options) {
        order.clear();
        try (ExecutionEngine engine = open(builder)) {
            engine.execute(plan(), options).join();
        }
        return order;
    }

    @Test
    void a_run_may_choose_its_strategy() {
        assertThat(run(ExecutionEngine.builder(), SubmitOptions.DEFAULT.withStrategy("FIFO")))
                .containsExactly("long", "short", "high");
        assertThat(run(ExecutionEngine.builder(), SubmitOptions.DEFAULT.withStrategy("priority")))
                .containsExactly("high", "long", "short");
        assertThat(run(ExecutionEngine.builder(), SubmitOptions.DEFAULT.withStrategy("shortest-job-first")))
                .containsExactly("short", "high", "long");
    }

    @Test
    void an_engine_has_a_strategy() {
        assertThat(run(ExecutionEngine.builder().strategy("SHORTEST_JOB_FIRST"), SubmitOptions.DEFAULT))
                .containsExactly("short", "high", "long");
        assertThat(run(
                        ExecutionEngine.builder().strategy("SHORTEST_JOB_FIRST"),
                        SubmitOptions.DEFAULT.withStrategy("FIFO")))
                .containsExactly("long", "short", "high");
    }

    @Test
    void a_strategy_of_the_user_is_found_by_its_name(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(SchedulingStrategy.class.getName()), LastFirst.class.getName());
        URL[] urls = {folder.toUri().toURL()};

        try (URLClassLoader plugins = new URLClassLoader(urls, getClass().getClassLoader())) {
            assertThat(run(ExecutionEngine.builder().plugins(plugins).strategy("LAST_FIRST"), SubmitOptions.DEFAULT))
                    .containsExactly("high", "short", "long");
        }
    }

    @Test
    void an_unknown_strategy_is_refused() {
        assertThatThrownBy(() -> run(ExecutionEngine.builder(), SubmitOptions.DEFAULT.withStrategy("LIFO")))
                .hasMessageContaining("\"LIFO\" is not a strategy; there are FIFO, PRIORITY");
        assertThatThrownBy(() -> ExecutionEngine.builder().strategy("LIFO").open())
                .hasMessageContaining("\"LIFO\" is not a strategy");
    }

    @Test
    void tenants_take_turns() {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch hold = new CountDownLatch(1);
        try (ExecutionEngine engine =
                open(ExecutionEngine.builder().strategy("FIFO").tenant("b", 2))) {
            engine.tools().register("hold", call -> {
                held.countDown();
                hold.await();
                return "";
            });
            CompletableFuture<?> holds = engine.execute(ExecutionPlan.named("hold")
                    .task("hold", t -> t.tool("hold"))
                    .build());
            awaitIt(held);
            CompletableFuture<?> a = engine.execute(ofTenant("a"));
            CompletableFuture<?> b = engine.execute(ofTenant("b"));
            hold.countDown();
            CompletableFuture.allOf(holds, a, b).join();
        }

        assertThat(order.subList(0, 9)).filteredOn(task -> task.startsWith("b")).hasSizeBetween(5, 7);
    }

    /// Runs the plan while the one slot is taken, and lets go of it after `meanwhile`.
    private void whileHeld(EngineBuilder builder, Consumer<ExecutionEngine> meanwhile) {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch hold = new CountDownLatch(1);
        try (ExecutionEngine engine = open(builder)) {
            engine.tools().register("hold", call -> {
                held.countDown();
                hold.await();
                return "";
            });
            CompletableFuture<?> holds = engine.execute(ExecutionPlan.named("hold")
                    .task("hold", t -> t.tool("hold"))
                    .build());
            awaitIt(held);
            engine.submit(plan(), SubmitOptions.DEFAULT.withId("it")).join();
            CompletableFuture<?> it = engine.completion("it");
            meanwhile.accept(engine);
            hold.countDown();
            CompletableFuture.allOf(holds, it).join();
        }
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_strategy_may_be_changed_while_tasks_wait() {
        whileHeld(ExecutionEngine.builder().strategy("FIFO"), engine -> {
            engine.order().useStrategy("SHORTEST_JOB_FIRST");
            assertThatThrownBy(() -> engine.order().useStrategy("LIFO")).hasMessageContaining("is not a strategy");
        });

        assertThat(order).containsExactly("short", "high", "long");
    }

    @Test
    void a_task_that_waits_may_be_given_another_priority() {
        whileHeld(ExecutionEngine.builder().strategy("PRIORITY"), engine -> {
            engine.order().reprioritise("it", "short", Priority.CRITICAL);
            engine.order().reprioritise("it", "high", Priority.LOW);
            assertThatThrownBy(() -> engine.order().reprioritise("it", "none", Priority.LOW))
                    .hasMessageContaining("has no task \"none\"");
            assertThatThrownBy(() -> engine.order().reprioritise("other", "short", Priority.LOW))
                    .hasMessageContaining("no execution \"other\" under way");
        });

        assertThat(order).containsExactly("short", "long", "high");
    }

    @Test
    void each_factor_of_a_rank_is_visible() {
        whileHeld(ExecutionEngine.builder(), engine -> {
            assertThat(engine.order().explain("it", "high"))
                    .extracting(Factor::name)
                    .contains("dependencies", "urgency", "value", "priority", "finishFirst", "waiting");
            assertThat(engine.order().explain("it", "high"))
                    .filteredOn(factor -> factor.name().equals("priority"))
                    .extracting(Factor::value)
                    .containsExactly(1.0);
        });

        assertThat(order).hasSize(3);
    }

    @Test
    void a_rule_may_change_the_strategy() {
        StrategyRule always = new StrategyRule("always", new ShortestJobFirst(), _ -> true, _ -> false);

        whileHeld(ExecutionEngine.builder().strategy("FIFO").strategyRule(always), _ -> {});

        assertThat(order).containsExactly("short", "high", "long");
    }

    private static ExecutionPlan ofTenant(String tenant) {
        var plan = ExecutionPlan.named("tenant").tenant(tenant);
        for (int task = 0; task < 9; task++) {
            plan.task(tenant + task, t -> t.tool("note"));
        }
        return plan.build();
    }
}
