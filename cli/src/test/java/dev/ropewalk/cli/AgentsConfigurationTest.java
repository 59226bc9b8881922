package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ropewalk.agents.Agent;
import dev.ropewalk.agents.AgentDescriptor;
import dev.ropewalk.agents.AgentRouting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents that a configuration declares.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AgentsConfigurationTest {

    @TempDir
    Path folder;

    @Test
    void agents_and_what_counts_among_them_are_read() throws IOException {
        Configuration configuration = read("""
                agents:
                  anna:
                    type: writer
                    capabilities: { prose: 0.9 }
                    capacity: 2
                    speed: 1.5
                    costPerSecond: 0.05
                    costPerCall: 1
                    labels: { team: north }
                    tools: [shell]
                  ben: { capabilities: [prose], tools: [shell] }
                routing: { secondsPerUnit: 60, maxWait: 5s, coldStart: 100ms, gain: 0.2, demandWeight: 0, forget: 1m }
                """);

        List<AgentDescriptor> agents =
                configuration.agents().stream().map(Agent::describe).toList();
        assertThat(agents).extracting(AgentDescriptor::name).containsExactly("anna", "ben");
        AgentDescriptor anna = agents.getFirst();
        assertThat(anna.type()).isEqualTo("writer");
        assertThat(anna.capabilities()).isEqualTo(Map.of("prose", 900));
        assertThat(anna.capacity()).isEqualTo(2);
        assertThat(anna.milliSpeed()).isEqualTo(1_500);
        assertThat(anna.microCostPerSecond()).isEqualTo(50_000);
        assertThat(anna.microCostPerCall()).isEqualTo(1_000_000);
        assertThat(anna.labels()).isEqualTo(Map.of("team", "north"));
        assertThat(anna.runs()).containsExactly("shell");
        assertThat(agents.getLast().capabilities()).isEqualTo(Map.of("prose", 1_000));
        assertThat(configuration.routing())
                .isEqualTo(new AgentRouting(
                        60,
                        0,
                        AgentRouting.DEFAULT.proficiencyWeight(),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(5),
                        0.2,
                        Duration.ofMinutes(1)));
    }

    @Test
    void everything_that_is_wrong_is_told_with_its_place() throws IOException {
        CommandException problems = catchThrowableOfType(CommandException.class, () -> read("""
                agents:
                  a: { typ: writer, tools: [shell] }
                  b: { type: 1, tools: shell }
                  c: { capacity: 1.5, speed: fast }
                  d: { capacity: 0, costPerCall: -1 }
                  e: { capabilities: { prose: 2 }, tools: [shell] }
                  f: { speed: 0, tools: [shell] }
                  g: 7
                  h: { labels: [x], capabilities: 3 }
                routing: { maxWait: 5, gain: -1, forget: 0s, speed: 1 }
                """));

        assertThat(problems.complaints())
                .extracting(complaint -> complaint.toString())
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).contains("agents.a.typ", "type"),
                        one -> assertThat(one).contains("agents.b.type", "write a text"),
                        one -> assertThat(one).contains("agents.b.tools", "write a list of texts"),
                        one -> assertThat(one).contains("agents.c.capacity", "write a whole number from 1 on"),
                        one -> assertThat(one).contains("agents.c.speed", "write a number"),
                        one -> assertThat(one).contains("agents.d.capacity"),
                        one -> assertThat(one).contains("agents.d.costPerCall", "amount of the currency unit"),
                        one -> assertThat(one).contains("agents.e", "proficiency in", "must be from 0 to 1"),
                        one -> assertThat(one).contains("agents.f", "speed is 0.0"),
                        one -> assertThat(one).contains("agents.g", "key: value"),
                        one -> assertThat(one).contains("agents.h.labels", "key: value"),
                        one -> assertThat(one).contains("agents.h.capabilities", "key: value"),
                        one -> assertThat(one).contains("routing.maxWait", "write a duration"),
                        one -> assertThat(one).contains("routing.gain", "write a number from 0 on"),
                        one -> assertThat(one).contains("routing.forget", "write a duration"),
                        one -> assertThat(one).contains("routing.speed", "there is no key"));
    }

    private Configuration read(String text) throws IOException {
        return Configuration.read(Optional.of(Files.writeString(folder.resolve("config.yaml"), text)));
    }
}
