package dev.ropewalk.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.plan.Priority;
import dev.ropewalk.scheduling.Counters.Demand;
import dev.ropewalk.scheduling.Counters.Reservation;
import dev.ropewalk.scheduling.Counters.Resource;
import dev.ropewalk.scheduling.Counters.Shape;
import dev.ropewalk.strategy.Factor;
import dev.ropewalk.strategy.FirstInFirstOut;
import dev.ropewalk.strategy.PriorityFirst;
import dev.ropewalk.strategy.ReadyExecution;
import dev.ropewalk.strategy.ReadyTask;
import dev.ropewalk.strategy.SchedulingContext;
import dev.ropewalk.strategy.SchedulingStrategy;
import dev.ropewalk.strategy.ShortestJobFirst;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SchedulerTest {

    private static final long SECOND = 1_000_000;

    private final Waiting one = new Waiting("one", 50);
    private final Waiting two = new Waiting("two", 50);

    private static Scheduler<Waiting> scheduler(SchedulingStrategy strategy, Gate<Waiting> gate) {
        return new Scheduler<>(SchedulerOptions.DEFAULT.withStrategy(strategy), gate);
    }

    private static Scheduler<Waiting> fifo(Gate<Waiting> gate) {
        return scheduler(new FirstInFirstOut(), gate);
    }

    private static List<String> drain(Scheduler<Waiting> scheduler, long now) {
        List<String> order = new ArrayList<>();
        for (var next = scheduler.next(now); next.isPresent(); next = scheduler.next(now)) {
            order.add(next.get().execution().name + next.get().task());
        }
        return order;
    }

    @Test
    void what_is_ready_first_goes_first() {
        Scheduler<Waiting> scheduler = fifo(Counters.open());
        scheduler.add(two, 3, 10);
        scheduler.add(one, 1, 10);
        scheduler.add(one, 0, 10);
        scheduler.add(two, 2, 5, 10);
        scheduler.add(two, 4, 11);

        assertThat(scheduler.queued()).isEqualTo(5);
        assertThat(two.readyTasks()).isEqualTo(3);
        assertThat(drain(scheduler, 11)).containsExactly("two2", "two3", "one0", "one1", "two4");
        assertThat(scheduler.queued()).isZero();
    }

    @Test
    void an_assignment_says_since_when_it_waited_and_what_was_taken() {
        Scheduler<Waiting> scheduler = fifo(Counters.open());
        scheduler.add(one, 7, 42);

        assertThat(scheduler.next(50)).contains(new Assignment<>(one, 7, 42, Verdict.SLOT.grant()));
    }

    @Test
    void a_lane_without_room_is_not_asked_for_again_until_its_resource_is_released() {
        Resource printer = new Resource("printer", 0);
        Shape print = new Shape("print", List.of(new Demand(printer, 1)));
        Counters gate = new Counters((_, task) -> task < 2 ? print : Shape.NOTHING);
        Scheduler<Waiting> scheduler = fifo(gate);
        for (int task = 0; task < 4; task++) {
            scheduler.add(one, task, 10);
        }

        assertThat(drain(scheduler, 10)).containsExactly("one2", "one3");
        assertThat(gate.asked).isEqualTo(3);
        assertThat(drain(scheduler, 11)).isEmpty();
        assertThat(gate.asked).isEqualTo(3);

        printer.free = 1;
        scheduler.released(printer);
        assertThat(drain(scheduler, 12)).containsExactly("one0");
        scheduler.released("something that nobody waits for");
        assertThat(drain(scheduler, 13)).isEmpty();
    }

    @Test
    void it_is_known_how_many_wait_for_the_same() {
        Resource printer = new Resource("printer", 0);
        Shape print = new Shape("print", List.of(new Demand(printer, 1)));
        Scheduler<Waiting> scheduler = fifo(new Counters((_, task) -> task < 5 ? print : Shape.NOTHING));
        for (int task = 0; task < 7; task++) {
            scheduler.add(one, task, 10);
        }
        scheduler.add(two, 0, 10);
        assertThat(scheduler.waitingBeside(one, print)).isEqualTo(5);
        assertThat(scheduler.waitingBeside(two, print)).isEqualTo(5);
        assertThat(scheduler.waitingBeside(one, "nothing")).isZero();

        scheduler.remove(one, 3);
        printer.free = 1;
        assertThat(drain(scheduler, 11)).hasSize(3);
        assertThat(scheduler.waitingBeside(two, print)).isEqualTo(3);
        scheduler.remove(one);
        assertThat(scheduler.waitingBeside(two, print)).isZero();
    }

    @Test
    void a_refusal_by_time_ends_by_itself() {
        Resource rate = new Resource("rate", 100);
        rate.closedUntil = 500;
        Scheduler<Waiting> scheduler = fifo(new Counters((_, _) -> new Shape("call", List.of(new Demand(rate, 1)))));
        scheduler.add(one, 0, 10);

        assertThat(drain(scheduler, 10)).isEmpty();
        assertThat(scheduler.wakeAt()).isEqualTo(500);
        assertThat(drain(scheduler, 499)).isEmpty();
        assertThat(drain(scheduler, 500)).containsExactly("one0");
        assertThat(scheduler.wakeAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void an_execution_at_its_own_limit_is_left_out_until_it_has_room() {
        Scheduler<Waiting> scheduler = fifo(Counters.open());
        one.maxParallel = 1;
        scheduler.add(one, 0, 10);
        scheduler.add(one, 1, 10);
        scheduler.add(two, 0, 11);

        assertThat(drain(scheduler, 12)).containsExactly("one0", "two0");
        scheduler.add(one, 2, 12);
        assertThat(drain(scheduler, 12)).isEmpty();

        one.running--;
        scheduler.roomIn(one);
        assertThat(drain(scheduler, 13)).containsExactly("one1");
    }

    @Test
    void room_is_kept_for_a_lane_that_was_refused_for_long() {
        Resource memory = new Resource("memory", 1);
        Shape big = new Shape("big", List.of(new Demand(memory, 4)));
        Counters gate = new Counters((_, _) -> big);
        Scheduler<Waiting> scheduler = fifo(gate);
        scheduler.add(one, 0, 10);
        scheduler.add(one, 1, 10);

        assertThat(drain(scheduler, 10)).isEmpty();
        assertThat(scheduler.wakeAt()).isEqualTo(10 + SECOND);
        scheduler.released(memory);
        assertThat(drain(scheduler, SECOND)).isEmpty();
        assertThat(gate.reservations).isEmpty();
        assertThat(drain(scheduler, 10 + SECOND)).isEmpty();
        assertThat(gate.reservations).containsExactly(new Reservation("one", 0, 10 + SECOND, true));
        assertThat(scheduler.wakeAt()).as("said once").isEqualTo(Long.MAX_VALUE);

        memory.free = 4;
        scheduler.released(memory);
        assertThat(drain(scheduler, 2 * SECOND))
                .as("the wait of the next begins anew")
                .containsExactly("one0");
        assertThat(scheduler.wakeAt()).isEqualTo(3 * SECOND);
    }

    @Test
    void room_is_kept_at_once_for_a_task_for_which_others_give_way() {
        Resource memory = new Resource("memory", 1);
        Counters gate = new Counters((_, _) -> new Shape("big", List.of(new Demand(memory, 4))));
        Scheduler<Waiting> scheduler = fifo(gate);
        scheduler.add(one, 0, 10);
        scheduler.keepRoomFor(one, 0, 10);
        assertThat(gate.reservations).as("nobody has refused it yet").isEmpty();
        assertThat(drain(scheduler, 10)).isEmpty();

        scheduler.keepRoomFor(one, 7, 11);
        scheduler.keepRoomFor(one, 0, 11);
        scheduler.keepRoomFor(one, 0, 12);

        assertThat(gate.reservations).containsExactly(new Reservation("one", 0, 11, true));
        assertThat(scheduler.wakeAt()).isEqualTo(Long.MAX_VALUE);
        memory.free = 4;
        scheduler.released(memory);
        assertThat(drain(scheduler, 13)).containsExactly("one0");
    }

    @Test
    void a_lane_is_asked_for_again_when_the_gate_may_have_another_answer() {
        Resource memory = new Resource("memory", 1);
        Counters gate = new Counters((_, _) -> new Shape("big", List.of(new Demand(memory, 4))));
        Scheduler<Waiting> scheduler = fifo(gate);
        scheduler.add(one, 0, 10);
        drain(scheduler, 10);
        assertThat(gate.asked).isEqualTo(1);

        scheduler.askAgain(one, 7);
        scheduler.askAgain(two);
        drain(scheduler, 11);
        assertThat(gate.asked).as("of others").isEqualTo(1);
        scheduler.askAgain(one, 0);
        drain(scheduler, 12);
        assertThat(gate.asked).isEqualTo(2);
        scheduler.askAgain(one);
        drain(scheduler, 13);
        assertThat(gate.asked).isEqualTo(3);
    }

    @Test
    void room_is_no_longer_kept_when_nothing_waits_for_it() {
        Resource memory = new Resource("memory", 1);
        Counters gate = new Counters((_, _) -> new Shape("big", List.of(new Demand(memory, 4))));
        Scheduler<Waiting> scheduler = fifo(gate);
        for (Runnable end : List.<Runnable>of(() -> scheduler.remove(one, 0), () -> scheduler.remove(one))) {
            gate.reservations.clear();
            scheduler.add(one, 0, 10);
            drain(scheduler, 10);
            drain(scheduler, 10 + SECOND);
            end.run();

            assertThat(gate.reservations)
                    .containsExactly(new Reservation("one", 0, 10 + SECOND, true), new Reservation("one", 0, 0, false));
        }
    }

    @Test
    void an_empty_lane_that_is_parked_needs_nothing_kept() {
        Resource memory = new Resource("memory", 1);
        Counters gate = new Counters((_, _) -> new Shape("big", List.of(new Demand(memory, 4))));
        Scheduler<Waiting> scheduler = fifo(gate);
        scheduler.add(one, 0, 10);
        drain(scheduler, 10);
        scheduler.remove(one, 0);

        assertThat(drain(scheduler, 10 + SECOND)).isEmpty();
        assertThat(gate.reservations).isEmpty();
        assertThat(scheduler.wakeAt()).isEqualTo(Long.MAX_VALUE);

        scheduler.add(one, 1, 20 * SECOND);
        scheduler.released(memory);
        drain(scheduler, 20 * SECOND);
        assertThat(scheduler.wakeAt()).isEqualTo(21 * SECOND);
    }

    @Test
    void what_is_removed_does_not_go() {
        Scheduler<Waiting> scheduler = fifo(Counters.open());
        for (int task = 0; task < 4; task++) {
            scheduler.add(one, task, 10);
            scheduler.add(two, task, 10);
        }
        scheduler.remove(one, 1);
        scheduler.remove(one, 1);
        scheduler.remove(two);

        assertThat(two.readyTasks()).isZero();
        assertThat(scheduler.queued()).isEqualTo(3);
        assertThat(drain(scheduler, 10)).containsExactly("one0", "one2", "one3");
        scheduler.add(two, 1, 12);
        assertThat(drain(scheduler, 12)).containsExactly("two1");
    }

    @Test
    void a_task_whose_priority_changes_takes_its_new_place() {
        Scheduler<Waiting> scheduler = scheduler(new PriorityFirst(), Counters.open());
        for (int task = 0; task < 4; task++) {
            scheduler.add(one, task, 10);
        }
        one.priorities.put(2, Priority.HIGH);
        scheduler.rerank(one, 2, 11);
        scheduler.rerank(one, 17, 11);

        assertThat(scheduler.next(11)).map(Assignment::task).contains(2);
        one.priorities.put(3, Priority.CRITICAL);
        one.priorities.put(0, Priority.LOW);
        scheduler.rerank(one, 12);
        assertThat(drain(scheduler, 12)).containsExactly("one3", "one1", "one0");
    }

    @Test
    void another_strategy_ranks_all_that_waits() {
        Scheduler<Waiting> scheduler = fifo(Counters.open());
        one.priorities.put(1, Priority.HIGH);
        two.priorities.put(1, Priority.CRITICAL);
        for (int task = 0; task < 2; task++) {
            scheduler.add(one, task, 10);
            scheduler.add(two, task, 10);
        }

        assertThat(scheduler.use(new PriorityFirst(), "asked", 11)).hasValueSatisfying(change -> {
            assertThat(change.from()).isEqualTo("FIFO");
            assertThat(change.to()).isEqualTo("PRIORITY");
            assertThat(change.at()).isEqualTo(11);
            assertThat(change.reason()).isEqualTo("asked");
        });
        assertThat(scheduler.use(new PriorityFirst(), "asked again", 12)).isEmpty();
        assertThat(scheduler.strategy()).isEqualTo(new PriorityFirst());
        assertThat(drain(scheduler, 12)).containsExactly("two1", "one1", "one0", "two0");
    }

    @Test
    void a_run_and_a_pool_may_have_an_order_of_their_own() {
        Shape pooled = new Shape("pooled", List.of());
        Counters gate = new Counters((_, task) -> task >= 10 ? pooled : Shape.NOTHING);
        gate.strategies.put(pooled, new PriorityFirst());
        Scheduler<Waiting> scheduler = fifo(gate);
        two.strategy = Optional.of(new ShortestJobFirst());
        one.priorities.put(11, Priority.HIGH);
        for (int task : new int[] {0, 1, 10, 11}) {
            scheduler.add(one, task, 10);
        }
        scheduler.add(two, 10, 10);

        assertThat(scheduler.explain(one, 0, 10)).extracting(Factor::name).containsExactly("waiting");
        assertThat(scheduler.explain(one, 11, 10)).extracting(Factor::name).containsExactly("priority", "waiting");
        assertThat(scheduler.explain(two, 10, 10))
                .extracting(Factor::name)
                .containsExactly("expectedSeconds", "waiting");
        assertThat(scheduler.explain(two, 11, 10)).isEmpty();
        assertThat(drain(scheduler, 10))
                .as("each class in turn")
                .containsExactly("one0", "one11", "two10", "one1", "one10");
    }

    @Test
    void classes_take_turns_in_proportion_to_the_executions_that_wait_in_them() {
        Scheduler<Waiting> scheduler = fifo(Counters.open());
        for (int i = 0; i < 4; i++) {
            Waiting execution = new Waiting("e" + i + ".", 50);
            execution.strategy = i == 0 ? Optional.of(new PriorityFirst()) : Optional.empty();
            for (int task = 0; task < 50; task++) {
                scheduler.add(execution, task, 10);
            }
        }

        assertThat(drain(scheduler, 10).subList(0, 60).stream().filter(task -> task.startsWith("e0")))
                .hasSizeBetween(14, 16);
    }

    @Test
    void tenants_share_by_weight_what_they_use_in_time() {
        Scheduler<Waiting> scheduler =
                new Scheduler<>(SchedulerOptions.DEFAULT.withTenantWeights(Map.of("paying", 3.0)), Counters.open());
        one.owner = "free";
        two.owner = "paying";
        for (int task = 0; task < 50; task++) {
            scheduler.add(one, task, 10);
        }
        assertThat(scheduler.next(10)).isPresent();
        for (int task = 0; task < 50; task++) {
            scheduler.add(two, task, 20);
        }

        assertThat(drain(scheduler, 20).subList(0, 40).stream().filter(task -> task.startsWith("two")))
                .hasSizeBetween(29, 31);
    }

    @Test
    void a_tenant_does_not_save_up_what_it_did_not_use() {
        Scheduler<Waiting> scheduler = fifo(Counters.open());
        one.owner = "busy";
        two.owner = "late";
        for (int task = 0; task < 40; task++) {
            scheduler.add(one, task, 10);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(scheduler.next(10)).isPresent();
        }
        for (int task = 0; task < 20; task++) {
            scheduler.add(two, task, 20);
        }

        assertThat(drain(scheduler, 20).subList(0, 10).stream().filter(task -> task.startsWith("two")))
                .hasSize(5);
    }

    @Test
    void tenants_that_left_are_forgotten() {
        Scheduler<Waiting> scheduler = fifo(Counters.open());
        for (int i = 0; i < 1_000; i++) {
            Waiting execution = new Waiting("e" + i, 1);
            execution.owner = "tenant" + i;
            scheduler.add(execution, 0, i);
            assertThat(scheduler.next(i)).isPresent();
            scheduler.remove(execution);
        }

        assertThat(scheduler.queued()).isZero();
        assertThat(scheduler.tenants()).isLessThan(200);
    }

    @Test
    void an_execution_may_have_many_shapes() {
        Scheduler<Waiting> scheduler = fifo(new Counters((_, task) -> new Shape("s" + task, List.of())));
        for (int task = 0; task < 50; task++) {
            scheduler.add(one, task, 10);
        }

        assertThat(drain(scheduler, 10)).hasSize(50).startsWith("one0", "one1").endsWith("one49");
        scheduler.add(one, 3, 11);
        scheduler.add(one, 48, 11);
        assertThat(drain(scheduler, 11)).containsExactly("one3", "one48");
    }

    @Test
    void a_strategy_that_throws_is_taken_for_first_in_first_out() {
        SchedulingStrategy broken = new SchedulingStrategy() {
            @Override
            public String name() {
                return "BROKEN";
            }

            @Override
            public double base(ReadyTask task, SchedulingContext context) {
                throw new IllegalStateException("no base");
            }

            @Override
            public double executionBase(ReadyExecution execution, SchedulingContext context) {
                throw new IllegalStateException("no execution base");
            }
        };
        Scheduler<Waiting> scheduler = scheduler(broken, Counters.open());
        scheduler.add(one, 1, 10);
        scheduler.add(one, 0, 11);

        assertThat(drain(scheduler, 11)).containsExactly("one1", "one0");
    }

    @Test
    void no_rank_puts_a_task_off_for_more_than_a_day() {
        SchedulingStrategy unbounded = new SchedulingStrategy() {
            @Override
            public String name() {
                return "UNBOUNDED";
            }

            @Override
            public double base(ReadyTask task, SchedulingContext context) {
                return task.definition().index() == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
            }
        };
        Scheduler<Waiting> scheduler = scheduler(unbounded, Counters.open());
        long day = SchedulingStrategy.MAX_HEAD_START_SECONDS * SECOND;
        scheduler.add(one, 0, 0);
        scheduler.add(one, 1, day - 100);
        scheduler.add(one, 2, day + 100);

        assertThat(drain(scheduler, day + 100)).containsExactly("one1", "one0", "one2");
        assertThat(scheduler.explain(one, 0, day)).isEmpty();
    }

    @Test
    void what_it_is_set_to_must_make_sense() {
        assertThatThrownBy(() -> SchedulerOptions.DEFAULT.withTenantWeights(Map.of("a", 0.0)))
                .hasMessageContaining("the weight of tenant \"a\" is 0.0; it must be a number greater than 0");
        assertThatThrownBy(() -> SchedulerOptions.DEFAULT.withReserveAfter(Duration.ofSeconds(-1)))
                .hasMessageContaining("reserveAfter is PT-1S; it must not be negative");
    }
}
