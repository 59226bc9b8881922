package dev.ropewalk.agent;

import static dev.ropewalk.agent.Sample.NOON;
import static dev.ropewalk.agent.Sample.SECOND;
import static dev.ropewalk.agent.Sample.agent;
import static dev.ropewalk.agent.Sample.any;
import static dev.ropewalk.agent.Sample.costing;
import static dev.ropewalk.agent.Sample.demand;
import static dev.ropewalk.agent.Sample.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ropewalk.agent.Choice.Chosen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Which of several agents gets a task, and why.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AgentRoutingTest {

    private static final RoutingOptions ONLY_TIME = new RoutingOptions(0, 0, 0, 0, 60 * SECOND, 0.1, 3_600 * SECOND);

    private AgentRegistry registry = new AgentRegistry(ONLY_TIME);

    @Test
    void the_fastest_of_those_that_are_free_gets_the_task() {
        add(agent("slow", 4, 1), agent("fast", 1, 3));

        Chosen chosen = chosen(any(), task(6));

        assertThat(chosen.agent()).isEqualTo("fast");
        assertThat(chosen.score().finishMicros()).isEqualTo(2 * SECOND);
        assertThat(chosen.score().room()).isTrue();
    }

    @Test
    void among_equals_the_cheaper_then_the_less_loaded_then_the_first_by_name_wins() {
        add(costing(agent("a", 4, 1), 2, 0), agent("c", 4, 1), agent("b", 4, 1));
        assertThat(chosen(any(), task(1)).agent()).isEqualTo("b");
        registry.take("b", any(), task(1), NOON);
        assertThat(chosen(any(), task(1)).agent()).isEqualTo("c");
        registry.take("c", any(), task(1), NOON);
        assertThat(chosen(any(), task(1)).agent()).isEqualTo("b");
    }

    @Test
    void money_counts_as_configured_and_less_the_more_urgent_the_task_is() {
        registry = new AgentRegistry(new RoutingOptions(1, 0, 0, 0, 0, 0.1, SECOND));
        // Four seconds sooner for 5.00 more.
        add(agent("slow", 1, 1), costing(agent("fast", 1, 2), SECOND, SECOND));

        assertThat(chosen(any(), priority(0)).agent()).isEqualTo("slow");
        assertThat(chosen(any(), priority(1)).agent()).isEqualTo("fast");
        RoutingScore.Part cost = chosen(any(), priority(2)).score().part("cost");
        assertThat(cost.value()).isEqualTo(5.0);
        assertThat(cost.weight()).isEqualTo(0.25);
        assertThat(cost.micros()).isEqualTo(5 * SECOND / 4);
        assertThat(chosen(any(), priority(2)).score().microCost()).isEqualTo(5 * SECOND);
    }

    private static TaskProfile priority(int priority) {
        return new TaskProfile(8 * SECOND, priority, 500, NOON, 0);
    }

    @Test
    void complex_tasks_go_to_the_proficient_and_simple_ones_to_the_fast() {
        registry = new AgentRegistry(new RoutingOptions(0, 0, 1, 0, 0, 0.1, SECOND));
        add(agent("master", "", Map.of("law", 1_000), 1, 1), agent("pupil", "", Map.of("law", 500), 1, 1.25));
        AgentDemand law = demand("", Map.of("law", 100), "");

        assertThat(chosen(law, new TaskProfile(8 * SECOND, 1, 900, NOON, 0)).agent())
                .isEqualTo("master");
        Chosen simple = chosen(law, new TaskProfile(8 * SECOND, 1, 100, NOON, 0));
        assertThat(simple.agent()).isEqualTo("pupil");
        assertThat(simple.score().part("proficiency").value()).isEqualTo(0.5);
        assertThat(simple.score().part("proficiency").micros()).isEqualTo(Math.round(6.4e6 * 0.1 * 0.5));
        assertThat(simple.score().part("complexity").value()).isEqualTo(0.1);
    }

    @Test
    void complexity_is_predicted_from_what_is_asked_and_how_long_it_takes() {
        AgentDemand hard = demand("", Map.of("law", 800), "");

        assertThat(task(60).complexity(any(), 60e6)).isEqualTo(0.5);
        assertThat(task(60).complexity(hard, 60e6)).isEqualTo(0.8);
        assertThat(task(60).complexity(hard, 3600e6)).isGreaterThan(0.98);
        assertThat(new TaskProfile(0, 9, 5_000, 0, 0).complexity(any(), 1)).isEqualTo(1);
        assertThat(new TaskProfile(0, 9, 5_000, 0, 0).urgency()).isEqualTo(8);
    }

    @Test
    void who_can_do_what_others_wait_for_is_left_to_them() {
        registry = new AgentRegistry(new RoutingOptions(0, 0.5, 0, 0, 0, 0.1, SECOND));
        add(agent("a-specialist", "", Map.of("law", 900), 2, 1), agent("clerk", 1, 0.9));
        assertThat(chosen(any(), task(9)).agent()).isEqualTo("a-specialist");

        registry.take("a-specialist", demand("", Map.of("law", 1), ""), task(9), NOON);

        assertThat(chosen(any(), task(9)).agent()).isEqualTo("clerk");
        assertThat(score("a-specialist", any(), task(9)).part("demand"))
                .isEqualTo(new RoutingScore.Part("demand", 0.5, 0.5, Math.round(9e6 * 0.25)));
        assertThat(chosen(demand("", Map.of("law", 1), ""), task(9)).agent())
                .as("who asks for it is not charged for it")
                .isEqualTo("a-specialist");
    }

    @Test
    void an_agent_that_fails_often_is_thought_to_take_more_tries() {
        add(agent("careless", 1, 1.3), agent("sound", 1, 1));
        for (int i = 0; i < 5; i++) {
            call("careless", false, 1);
        }

        assertThat(chosen(any(), task(1)).agent()).isEqualTo("sound");
        RoutingScore.Part success = score("careless", any(), task(1)).part("success");
        assertThat(success.value()).isCloseTo(Math.pow(0.9, 5), within(1e-6));
        assertThat(success.micros()).isPositive();
    }

    @Test
    void what_was_measured_is_forgotten_when_it_is_not_confirmed() {
        add(agent("careless", 1, 1.3), agent("sound", 1, 1));
        for (int i = 0; i < 50; i++) {
            call("careless", false, 1);
        }
        assertThat(registry.standing("careless", NOON).orElseThrow().measures())
                .singleElement()
                .satisfies(measure -> assertThat(measure.successRate()).isEqualTo(0.05));

        long later = NOON + 3_600 * SECOND;

        assertThat(((Chosen) registry.choose(any(), task(1), later)).agent()).isEqualTo("careless");
    }

    @Test
    void measured_speed_counts_more_than_what_was_declared() {
        add(agent("boaster", 1, 2), agent("modest", 1, 1));
        for (int i = 0; i < 10; i++) {
            call("boaster", true, 4);
            call("modest", true, 1);
        }

        assertThat(chosen(any(), task(1)).agent()).isEqualTo("modest");
        assertThat(score("boaster", any(), task(1)).finishMicros()).isCloseTo(4 * SECOND, within(SECOND));
        assertThat(score("modest", any(), task(1)).finishMicros()).isCloseTo(SECOND, within(SECOND / 2));
    }

    @Test
    void an_estimate_that_is_wrong_for_everybody_makes_nobody_look_fast() {
        add(agent("known", 1, 1), agent("new", 1, 1.2));
        for (int i = 0; i < 10; i++) {
            call("known", true, 0.1);
        }

        assertThat(chosen(any(), task(1)).agent()).isEqualTo("new");
        assertThat(chosen(any(), task(1)).score().finishMicros()).isCloseTo(SECOND / 12, within(SECOND / 50));
    }

    @Test
    void without_an_estimate_calls_of_the_same_tool_tell_how_long_it_takes() {
        add(agent("one", 1, 1));
        TaskProfile undeclared = task(0);
        assertThat(chosen(any(), undeclared).score().finishMicros())
                .as("a nominal second")
                .isEqualTo(SECOND);

        Lease lease = registry.take("one", any(), undeclared, NOON);
        registry.release(lease);
        registry.learn(lease, true, 7 * SECOND, NOON);

        assertThat(chosen(any(), undeclared).score().finishMicros()).isEqualTo(7 * SECOND);
    }

    @Test
    void an_agent_that_called_the_tool_lately_is_warm() {
        registry = new AgentRegistry(new RoutingOptions(0, 0, 0, SECOND / 2, 0, 0.1, 100 * SECOND));
        add(agent("a", 1, 1), agent("b", 1, 1));
        call("b", true, 1);

        assertThat(chosen(any(), task(1)).agent()).isEqualTo("b");
        assertThat(score("a", any(), task(1)).part("affinity"))
                .isEqualTo(new RoutingScore.Part("affinity", 0, 1, SECOND / 2));
        assertThat(score("b", any(), task(1)).part("affinity").micros()).isZero();
    }

    @Test
    void every_candidate_has_a_score_whose_parts_add_up() {
        registry = new AgentRegistry(new RoutingOptions(1, 1, 1, SECOND, 60 * SECOND, 0.1, 100 * SECOND));
        add(
                costing(agent("a", "", Map.of("law", 700, "tax", 10), 1, 1), 1_000, 5),
                costing(agent("b", "", Map.of("law", 900), 3, 2), 9_000, 5));
        AgentDemand law = demand("", Map.of("law", 100), "");
        registry.take("a", law, task(10), NOON);

        List<RoutingScore> scores = registry.scores(law, task(10), NOON + SECOND);

        assertThat(scores).extracting(RoutingScore::agent).containsExactly("b", "a");
        assertThat(scores).extracting(RoutingScore::room).containsExactly(true, false);
        for (RoutingScore score : scores) {
            assertThat(score.parts())
                    .extracting(RoutingScore.Part::factor)
                    .containsExactly(
                            "load",
                            "speed",
                            "success",
                            "cost",
                            "demand",
                            "proficiency",
                            "affinity",
                            "complexity",
                            "priority");
            long sum =
                    score.parts().stream().mapToLong(RoutingScore.Part::micros).sum();
            assertThat((double) score.totalMicros()).isCloseTo((double) sum, within(10.0));
        }
        assertThat(score("a", law, task(10)).part("load").micros()).isEqualTo(10 * SECOND);
        assertThatThrownBy(() -> scores.getFirst().part("colour")).hasMessageContaining("colour");
    }

    @Test
    void weights_and_times_that_cannot_be_are_refused() {
        assertThatThrownBy(() -> new RoutingOptions(-1, 0, 0, 0, 0, 0, 1)).hasMessageContaining("cost -1.0");
        assertThatThrownBy(() -> new RoutingOptions(0, 0, 0, 0, 0, Double.NaN, 1))
                .hasMessageContaining("gain NaN");
        assertThatThrownBy(() -> new RoutingOptions(0, 0, 0, 0, 0, 0, 0)).hasMessageContaining("forget 0");
    }

    private void add(AgentProfile... agents) {
        for (AgentProfile agent : agents) {
            registry.register(agent, NOON);
        }
    }

    private void call(String agent, boolean succeeded, double seconds) {
        Lease lease = registry.take(agent, any(), task(1), NOON);
        registry.release(lease);
        registry.learn(lease, succeeded, Math.round(seconds * SECOND), NOON);
    }

    private Chosen chosen(AgentDemand demand, TaskProfile task) {
        return (Chosen) registry.choose(demand, task, NOON);
    }

    private RoutingScore score(String agent, AgentDemand demand, TaskProfile task) {
        return registry.scores(demand, task, NOON).stream()
                .filter(score -> score.agent().equals(agent))
                .findFirst()
                .orElseThrow();
    }
}
