package dev.ropewalk.agent;

import static dev.ropewalk.agent.Sample.agent;
import static dev.ropewalk.agent.Sample.demand;
import static dev.ropewalk.agent.Sample.labelled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.plan.AgentRequirement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AgentMatchingTest {

    private final AgentProfile writer = agent("anna", "writer", Map.of("german", 300, "english", 900), 1, 1);

    @Test
    void an_agent_meets_a_demand_for_its_type_capabilities_and_tool() {
        assertThat(writer.meets(Sample.any())).isTrue();
        assertThat(writer.meets(demand("writer", Map.of("german", 300), ""))).isTrue();
        assertThat(writer.meets(demand("writer", Map.of("german", 301), ""))).isFalse();
        assertThat(writer.meets(demand("writer", Map.of("french", 0), ""))).isFalse();
        assertThat(writer.meets(demand("reader", Map.of(), ""))).isFalse();
        assertThat(writer.meets(AgentDemand.forTool("shell"))).isFalse();
        AgentRequirement required = new AgentRequirement("writer", Map.of("english", 900), "book-1");
        assertThat(writer.meets(AgentDemand.of(required, "work"))).isTrue();
        assertThat(AgentDemand.of(required, "work").sticky()).isEqualTo("book-1");
    }

    @Test
    void constraints_are_matched_against_labels_as_text_as_numbers_and_as_bounds() {
        assertThat(meets(Map.of("region", "eu"))).isTrue();
        assertThat(meets(Map.of("region", "us"))).isFalse();
        assertThat(meets(Map.of("memory", "16.0"))).isTrue();
        assertThat(meets(Map.of("memory", "17"))).isFalse();
        assertThat(meets(Map.of("minMemory", "16", "maxMemory", "16"))).isTrue();
        assertThat(meets(Map.of("minMemory", "17"))).isFalse();
        assertThat(meets(Map.of("maxMemory", "15"))).isFalse();
        assertThat(meets(Map.of("minRegion", "1"))).isFalse();
        assertThat(meets(Map.of("maxRegion", "1"))).isFalse();
        assertThat(meets(Map.of("min", "1"))).isFalse();
        assertThat(meets(Map.of("max", "1"))).isFalse();
        assertThat(meets(Map.of("maxDisk", "1"))).isFalse();
        assertThat(meets(Map.of("disk", "1"))).isFalse();
    }

    private boolean meets(Map<String, String> constraints) {
        AgentDemand asked = new AgentDemand("", new TreeMap<>(), "work", new TreeMap<>(constraints), "");
        return labelled(writer, Map.of("region", "eu", "memory", "16"), List.of("work"))
                .meets(asked);
    }

    @Test
    void a_refusal_names_what_is_missing_and_who_there_is() {
        AgentDemand asked = new AgentDemand(
                "writer",
                new TreeMap<>(Map.of("german", 500, "poems", 0)),
                "work",
                new TreeMap<>(Map.of("region", "eu")),
                "");

        assertThat(asked.missing(List.of()))
                .isEqualTo("no agent of type writer with german >= 0.5 and poems that offers work where region is eu;"
                        + " there are no agents");
        AgentProfile idle = labelled(agent("adam", 1, 1), Map.of(), List.of());
        assertThat(asked.missing(List.of(idle, writer)))
                .endsWith("; there are: anna (type writer; english 0.9; german 0.3; offers work),"
                        + " adam (offers no tool)");
    }

    @Test
    void a_refusal_does_not_name_a_thousand_agents() {
        List<AgentProfile> many = java.util.stream.IntStream.range(0, 1_000)
                .mapToObj(i -> agent("a" + (1_000 + i), 1, 1))
                .toList();

        assertThat(demand("writer", Map.of(), "").missing(many))
                .hasSizeLessThan(400)
                .endsWith(" and 992 more");
    }

    @Test
    void an_agent_that_cannot_be_is_refused_by_name() {
        refused(() -> agent(" ", 1, 1), "needs a name");
        refused(() -> agent("a", 0, 1), "agent \"a\": capacity is 0; it must be at least 1");
        refused(() -> agent("a", 1, 0), "speed is 0.0; it must be from 0.001 to 1,000,000");
        refused(() -> agent("a", 1, 1e7), "speed is 1.0E7");
        refused(
                () -> agent("a", "", Map.of("x", 1_001), 1, 1),
                "proficiency in \"x\" is 1.001; it must be from 0 to 1");
        refused(() -> agent("a", "", Map.of("x", -1), 1, 1), "proficiency in \"x\" is -0.001");
        refused(() -> Sample.costing(writer, -1, 0), "must not be negative");
        refused(() -> Sample.beating(writer, -1), "must not be negative");
    }

    private static void refused(Runnable make, String message) {
        assertThatThrownBy(make::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
