package dev.ropewalk.agent;

import static dev.ropewalk.agent.Sample.NOON;
import static dev.ropewalk.agent.Sample.SECOND;
import static dev.ropewalk.agent.Sample.agent;
import static dev.ropewalk.agent.Sample.any;
import static dev.ropewalk.agent.Sample.beating;
import static dev.ropewalk.agent.Sample.demand;
import static dev.ropewalk.agent.Sample.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.agent.Choice.Busy;
import dev.ropewalk.agent.Choice.Chosen;
import dev.ropewalk.agent.Choice.Faster;
import dev.ropewalk.agent.Choice.Nobody;
import dev.ropewalk.agent.Choice.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Agents come, go, get busy and fall silent; what waits for them is told.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AgentRegistryTest {

    private final AgentRegistry registry = new AgentRegistry(RoutingOptions.DEFAULT);

    @Test
    void a_task_that_nobody_can_run_waits_until_somebody_comes_who_can() {
        assertThat(registry.isEmpty()).isTrue();
        Nobody nobody = (Nobody) choose(any());
        assertThat(nobody.reason()).isEqualTo("no agent that offers work; there are no agents");

        registry.register(agent("clerk", "clerk", Map.of(), 1, 1), NOON);

        assertThat(registry.changed()).containsExactly(nobody.on());
        assertThat(registry.changed()).as("each once").isEmpty();
        assertThat(choose(any())).isInstanceOf(Chosen.class);
        assertThat(((Nobody) choose(demand("writer", Map.of(), ""))).missing())
                .isEqualTo("no agent of type writer that offers work; there are: clerk (type clerk; offers work)");
        assertThat(registry.isEmpty()).isFalse();
    }

    @Test
    void a_sequential_agent_gets_one_task_at_a_time() {
        registry.register(agent("one", 1, 1), NOON);
        Lease lease = take("one");
        assertThat(state("one")).isEqualTo(AgentState.BUSY);

        Busy busy = (Busy) choose(any());
        assertThat(busy.reason()).isEqualTo("waits until an agent that offers work has room");
        assertThatThrownBy(() -> take("one")).isInstanceOf(IllegalStateException.class);
        registry.release(lease);
        registry.release(lease);

        assertThat(registry.changed()).containsExactly(busy.on());
        assertThat(state("one")).isEqualTo(AgentState.AVAILABLE);
        assertThat(load("one")).isZero();
        assertThat(lease.agent()).isEqualTo("one");
    }

    @Test
    void demands_that_differ_only_in_their_keys_wait_for_the_same() {
        registry.register(agent("one", 1, 1), NOON);
        take("one");

        Refused first = (Refused) choose(demand("", Map.of(), "a"));
        Refused second = (Refused) choose(demand("", Map.of(), "b"));

        assertThat(first.on()).isSameAs(second.on()).hasToString("agent that offers work");
    }

    @Test
    void a_task_waits_for_a_faster_agent_if_that_ends_it_earlier() {
        registry.register(agent("slow", 1, 1), NOON);
        registry.register(agent("fast", 1, 10), NOON);
        Lease running = take("fast", task(20));
        assertThat(running.expectedEnd()).isEqualTo(NOON + 2 * SECOND);

        Faster faster = (Faster) registry.choose(any(), task(10), NOON);

        assertThat(faster.agent()).isEqualTo("fast");
        assertThat(faster.until()).isEqualTo(NOON + 2 * SECOND);
        assertThat(faster.reason()).isEqualTo("waits for the faster agent fast");
        registry.release(running);
        assertThat(registry.changed()).containsExactly(faster.on());
        assertThat(((Chosen) registry.choose(any(), task(10), NOON + SECOND)).agent())
                .isEqualTo("fast");
    }

    @Test
    void it_starts_on_a_slower_one_if_so_many_wait_that_the_faster_is_not_done_with_them_before() {
        registry.register(agent("slow", 1, 1), NOON);
        registry.register(agent("fast", 1, 10), NOON);
        take("fast", task(20));

        assertThat(registry.choose(any(), task(10, 5), NOON)).isInstanceOf(Faster.class);
        assertThat(registry.choose(any(), task(10, 8), NOON)).isInstanceOf(Chosen.class);
    }

    @Test
    void it_does_not_wait_beyond_the_bound_nor_for_what_runs_longer_than_expected() {
        registry.register(agent("slow", 1, 1), NOON);
        registry.register(agent("fast", 1, 10), NOON);
        take("fast", task(500));

        assertThat(registry.choose(any(), task(1_000), NOON)).isInstanceOf(Faster.class);
        assertThat(registry.choose(any(), task(1_000), NOON + 49 * SECOND)).isInstanceOf(Faster.class);
        assertThat(registry.choose(any(), task(1_000), NOON + 50 * SECOND))
                .as("it should have ended by now")
                .isInstanceOf(Chosen.class);
        TaskProfile waited = new TaskProfile(1_000 * SECOND, 1, TaskProfile.PREDICT, NOON - 11 * SECOND, 0);
        assertThat(registry.choose(any(), waited, NOON)).as("a minute in all").isInstanceOf(Chosen.class);
    }

    @Test
    void the_best_of_several_faster_agents_is_waited_for() {
        registry.register(agent("slow", 1, 1), NOON);
        registry.register(agent("fast", 1, 10), NOON);
        registry.register(agent("faster", 2, 20), NOON);
        take("fast", task(20));
        take("faster", task(20));
        take("faster", task(400));

        assertThat(((Faster) registry.choose(any(), task(20), NOON)).agent()).isEqualTo("faster");
    }

    @Test
    void tasks_of_one_key_go_to_the_same_agent_while_it_is_there() {
        registry.register(agent("a", 1, 1), NOON);
        registry.register(agent("b", 1, 5), NOON);
        AgentDemand book = demand("", Map.of(), "book-1");
        registry.release(registry.take("a", book, task(1), NOON));

        assertThat(((Chosen) choose(book)).agent()).isEqualTo("a");
        Lease lease = take("a");
        Busy busy = (Busy) choose(book);
        assertThat(busy.on().text()).isEqualTo("agent a");
        assertThat(busy.on()).hasToString("agent a");
        registry.release(lease);
        assertThat(registry.changed()).containsExactly(busy.on());

        registry.drain("a");
        assertThat(((Chosen) choose(book)).agent()).isEqualTo("b");
    }

    @Test
    void a_key_does_not_bind_to_an_agent_that_cannot_do_the_task() {
        registry.register(agent("a", "reader", Map.of(), 1, 1), NOON);
        registry.register(agent("b", "writer", Map.of(), 1, 1), NOON);
        registry.release(registry.take("a", demand("reader", Map.of(), "k"), task(1), NOON));

        assertThat(((Chosen) choose(demand("writer", Map.of(), "k"))).agent()).isEqualTo("b");
    }

    @Test
    void a_draining_agent_ends_what_it_runs_and_takes_nothing_more() {
        registry.register(agent("a", 2, 1), NOON);
        Lease lease = take("a");

        assertThat(registry.drain("a")).isTrue();

        assertThat(state("a")).isEqualTo(AgentState.DRAINING);
        assertThat(((Nobody) choose(any())).reason()).isEqualTo("no agent that offers work is there: a is draining");
        assertThat(load("a")).isOne();
        registry.release(lease);
        assertThat(load("a")).isZero();
        registry.register(agent("a", 2, 1), NOON);
        assertThat(state("a")).as("registering again takes it back").isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void what_waited_for_an_agent_that_drains_is_placed_anew() {
        registry.register(agent("slow", 1, 1), NOON);
        registry.register(agent("fast", 1, 10), NOON);
        take("fast", task(20));
        Faster faster = (Faster) registry.choose(any(), task(10), NOON);

        registry.drain("fast");

        assertThat(registry.changed()).containsExactly(faster.on());
        assertThat(((Chosen) registry.choose(any(), task(10), NOON)).agent()).isEqualTo("slow");
    }

    @Test
    void what_waited_for_an_agent_that_becomes_slow_is_placed_anew() {
        registry.register(agent("slow", 1, 1), NOON);
        registry.register(agent("fast", 1, 10), NOON);
        take("fast", task(20));
        Faster faster = (Faster) registry.choose(any(), task(10), NOON);

        registry.register(agent("fast", 1, 0.5), NOON);

        assertThat(registry.changed()).containsExactly(faster.on());
        assertThat(load("fast")).isOne();
        assertThat(((Chosen) registry.choose(any(), task(10), NOON)).agent()).isEqualTo("slow");
    }

    @Test
    void the_place_with_an_agent_that_was_unregistered_is_nobodys() {
        registry.register(agent("a", 1, 1), NOON);
        Lease old = take("a");
        assertThat(registry.unregister("a")).isTrue();
        assertThat(registry.unregister("a")).isFalse();
        assertThat(registry.standing("a", NOON)).isEmpty();

        registry.register(agent("a", 1, 1), NOON);
        Lease lease = take("a");
        Busy busy = (Busy) choose(any());
        registry.release(old);

        assertThat(registry.changed()).isEmpty();
        assertThat(load("a")).isOne();
        registry.release(lease);
        assertThat(registry.changed()).containsExactly(busy.on());
    }

    @Test
    void an_agent_that_falls_silent_is_offline_until_it_is_heard_again() {
        registry.register(beating(agent("a", 1, 1), 10 * SECOND), NOON);
        registry.register(beating(agent("b", 1, 1), 20 * SECOND), NOON);
        registry.register(agent("quiet", 1, 1), NOON);
        assertThat(registry.nextTick()).isEqualTo(NOON + 10 * SECOND);
        assertThat(registry.tick(NOON + 10 * SECOND - 1)).isEmpty();
        assertThat(registry.heartbeat("b", NOON + 5 * SECOND)).isTrue();

        assertThat(registry.tick(NOON + 10 * SECOND)).containsExactly("a");

        assertThat(state("a")).isEqualTo(AgentState.OFFLINE);
        assertThat(registry.nextTick()).isEqualTo(NOON + 25 * SECOND);
        assertThat(registry.tick(NOON + 25 * SECOND)).containsExactly("b");
        assertThat(registry.nextTick()).isEqualTo(Long.MAX_VALUE);
        assertThat(registry.heartbeat("a", NOON + 30 * SECOND)).isTrue();
        assertThat(state("a")).isEqualTo(AgentState.AVAILABLE);
        assertThat(registry.nextTick()).isEqualTo(NOON + 40 * SECOND);
        assertThat(registry.heartbeat("nobody", NOON)).isFalse();
    }

    @Test
    void an_agent_may_say_itself_that_it_is_gone() {
        registry.register(agent("a", 1, 1), NOON);
        assertThat(registry.offline("a")).isTrue();
        assertThat(registry.offline("b")).isFalse();

        assertThat(((Nobody) choose(any())).reason()).endsWith("a is offline");
        Awaited on = ((Nobody) choose(any())).on();
        registry.heartbeat("a", NOON);
        assertThat(registry.changed()).containsExactly(on);
    }

    @Test
    void standings_tell_of_load_and_of_what_was_measured() {
        registry.register(agent("b", 2, 2), NOON);
        registry.register(agent("a", 1, 1), NOON);
        Lease lease = take("b", task(2));
        registry.release(lease);
        registry.learn(lease, true, SECOND, NOON);
        take("b");

        List<AgentStanding> standings = registry.standings(NOON);

        assertThat(standings).extracting(standing -> standing.profile().name()).containsExactly("a", "b");
        assertThat(standings.getLast().load()).isOne();
        assertThat(standings.getLast().measures()).containsExactly(new AgentStanding.Measure("work", 1, 1, 2));
        assertThat(standings.getFirst().measures()).isEmpty();
    }

    @Test
    void only_so_many_demands_are_remembered_and_who_waits_is_told_to_ask_again() {
        AgentRegistry small = new AgentRegistry(RoutingOptions.DEFAULT, 2, 2);
        small.register(agent("a", 1, 1), NOON);
        Lease lease = small.take("a", any(), task(1), NOON);
        List<Awaited> on = new ArrayList<>();
        for (String type : List.of("x", "", "y")) {
            on.add(((Refused) small.choose(demand(type, Map.of(), ""), task(1), NOON)).on());
        }
        assertThat(small.changed()).containsExactly(on.getFirst());

        small.choose(demand("z", Map.of(), ""), task(1), NOON);
        assertThat(small.changed()).containsExactly(on.get(1));
        small.release(lease);
        assertThat(small.changed()).as("what is forgotten is not told again").isEmpty();
        assertThat(small.choose(any(), task(1), NOON)).isInstanceOf(Chosen.class);
    }

    private Choice choose(AgentDemand demand) {
        return registry.choose(demand, task(1), NOON);
    }

    private Lease take(String agent) {
        return take(agent, task(1));
    }

    private Lease take(String agent, TaskProfile task) {
        return registry.take(agent, any(), task, NOON);
    }

    private AgentState state(String agent) {
        return registry.standing(agent, NOON).orElseThrow().state();
    }

    private int load(String agent) {
        return registry.standing(agent, NOON).orElseThrow().load();
    }
}
