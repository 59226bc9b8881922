package dev.ropewalk.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.EngineException;
import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.agents.Agent;
import dev.ropewalk.agents.AgentBuilder;
import dev.ropewalk.agents.AgentDescriptor;
import dev.ropewalk.agents.AgentRouting;
import dev.ropewalk.agents.AgentScore;
import dev.ropewalk.agents.AgentStatus;
import dev.ropewalk.agents.AgentStatus.State;
import dev.ropewalk.plan.AgentRequirement;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What an engine knows of its agents, before they run anything.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AgentRegistrationTest {

    private static final AgentRequirement ANY = new AgentRequirement("", Map.of(), "");

    private final ExecutionEngine engine = ExecutionEngine.inMemory();

    @AfterEach
    void close() {
        engine.close();
    }

    private static AgentBuilder writer(String name) {
        return Agent.named(name).type("writer").tool("summarise", ToolCall::arguments);
    }

    @Test
    void a_java_class_becomes_an_agent_in_a_few_lines() {
        engine.agents()
                .register(Agent.named("writer")
                        .capability("summarise", 0.9)
                        .sequential()
                        .tool("summarise", call -> call.arguments().get("text")));

        AgentStatus status = engine.agents().status("writer").orElseThrow();
        assertThat(status.state()).isEqualTo(State.AVAILABLE);
        assertThat(status.running()).isZero();
        assertThat(status.measures()).isEmpty();
        assertThat(status.agent().capabilities()).isEqualTo(Map.of("summarise", 900));
        assertThat(status.agent().capacity()).isOne();
        assertThat(engine.tools().mayHave("summarise")).isTrue();
        assertThat(engine.tools().knownNames()).contains("summarise");
        assertThat(engine.tools().list(_ -> {})).extracting(tool -> tool.name()).contains("summarise");
    }

    @Test
    void agents_come_drain_go_on_and_go() {
        engine.agents().register(writer("b"));
        engine.agents().register(writer("a"));
        assertThat(engine.agents().list())
                .extracting(status -> status.agent().name())
                .containsExactly("a", "b");

        engine.agents().drain("a").join();
        assertThat(engine.agents().status("a").orElseThrow().state()).isEqualTo(State.DRAINING);
        assertThat(engine.agents().resume("a")).isTrue();
        assertThat(engine.agents().status("a").orElseThrow().state()).isEqualTo(State.AVAILABLE);

        assertThat(engine.agents().unregister("a")).isTrue();
        assertThat(engine.agents().unregister("a")).isFalse();
        assertThat(engine.agents().status("a")).isEmpty();
        engine.agents().drain("a").join();
        assertThat(engine.agents().resume("a")).isFalse();
        engine.agents().register(writer("a"));
        assertThat(engine.agents().status("a")).isPresent();
    }

    @Test
    void a_tool_that_only_agents_have_stays_known_when_they_have_gone() {
        engine.agents().register(writer("a"));
        engine.agents().unregister("a");

        assertThat(engine.tools().mayHave("summarise")).isTrue();
        assertThatThrownBy(() -> engine.tools().register("summarise", ToolCall::arguments))
                .hasMessageContaining("there is a tool \"summarise\" already");
    }

    @Test
    void what_cannot_be_an_agent_is_refused_with_what_would_do() {
        engine.tools().register("here", ToolCall::arguments);
        engine.agents().register(writer("a"));

        refused(writer("a"), "there is an agent \"a\" already; choose another name");
        refused(writer("1a"), "an agent cannot be named \"1a\"");
        refused(Agent.named("b"), "agent \"b\" offers no tool");
        refused(Agent.named("b").tool("a b", ToolCall::arguments), "a tool cannot be named \"a b\"");
        refused(Agent.named("b").tool("here", ToolCall::arguments), "the engine has a tool \"here\" already");
        refused(Agent.named("b").runs("there"), "cannot run \"there\": the engine has no such tool");
        refused(Agent.named("b").runs("summarise"), "cannot run \"summarise\"");
        refused(writer("b").capacity(0), "capacity is 0");
        refused(writer("b").capability("x", 1.1), "proficiency in \"x\" is 1.1; it must be from 0 to 1");
        refused(writer("b").heartbeat(Duration.ZERO), "heartbeat is PT0S; it must be longer than zero");
        assertThat(engine.agents().list()).hasSize(1);
    }

    private void refused(AgentBuilder agent, String message) {
        assertThatThrownBy(() -> engine.agents().register(agent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void scores_show_how_agents_are_judged() {
        engine.tools().register("here", ToolCall::arguments);
        engine.agents()
                .register(
                        Agent.named("slow").runs("here").label("place", "attic").costPerCall(BigDecimal.ONE));
        engine.agents()
                .register(Agent.named("fast")
                        .runs("here")
                        .speed(2)
                        .capability("law")
                        .costPerSecond(new BigDecimal("10"))
                        .capacity(3));

        assertThat(engine.agents().scores(ANY, "here"))
                .extracting(AgentScore::agent)
                .containsExactly("fast", "slow");
        engine.agents().route(AgentRouting.DEFAULT.withSecondsPerUnit(1).withMaxWait(Duration.ZERO));
        AgentScore best = engine.agents().scores(ANY, "here").getFirst();

        assertThat(best.agent()).isEqualTo("slow");
        assertThat(best.expectedFinish()).isEqualTo(Duration.ofSeconds(1));
        assertThat(best.total()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(best.expectedCost()).isEqualTo(1.0);
        assertThat(best.parts()).contains(new AgentScore.Part("cost", 1, 0.5, Duration.ofMillis(500)));
        assertThat(engine.agents().scores(new AgentRequirement("", Map.of("law", 1), ""), "here"))
                .extracting(AgentScore::agent)
                .containsExactly("fast");
    }

    @Test
    void weights_that_cannot_be_are_refused() {
        assertThatThrownBy(() -> AgentRouting.DEFAULT.withSecondsPerUnit(-1)).hasMessageContaining("-1.0");
        assertThatThrownBy(() -> AgentRouting.DEFAULT.withMaxWait(Duration.ofSeconds(-1)))
                .hasMessageContaining("maxWait PT-1S");
    }

    @Test
    void an_agent_that_does_not_answer_in_the_promised_time_is_offline_until_it_does() {
        AtomicReference<String> health = new AtomicReference<>("well");
        AgentDescriptor descriptor =
                writer("a").heartbeat(Duration.ofMillis(60)).build().describe();
        engine.agents().register(new Agent() {
            @Override
            public AgentDescriptor describe() {
                return descriptor;
            }

            @Override
            public ToolResult execute(String tool, ToolCall call) {
                return ToolResult.of(null);
            }

            @Override
            public boolean isAlive() throws ToolException {
                if (health.get().equals("well")) {
                    return true;
                }
                throw ToolException.retryable("ILL", "no answer");
            }
        });
        awaitState("a", State.AVAILABLE);
        health.set("ill");
        awaitState("a", State.OFFLINE);
        health.set("well");
        awaitState("a", State.AVAILABLE);
    }

    @Test
    void an_agent_may_report_its_heartbeats_itself() {
        engine.agents().register(writer("a").heartbeat(Duration.ofMillis(30)));
        awaitState("a", State.OFFLINE);

        Awaitility.await()
                .until(() -> engine.agents().heartbeat("a")
                        && engine.agents().status("a").orElseThrow().state() == State.AVAILABLE);
        assertThat(engine.agents().heartbeat("b")).isFalse();
    }

    private void awaitState(String agent, State state) {
        Awaitility.await()
                .until(() -> engine.agents().status(agent).orElseThrow().state() == state);
    }

    @Test
    void a_plan_that_asks_for_what_no_agent_ever_was_is_refused() {
        engine.agents().register(writer("a").capability("german", 0.3));
        engine.agents().unregister("a");

        assertThatThrownBy(() -> submit("writer", Map.of("german", 500)))
                .isInstanceOfSatisfying(
                        CompletionException.class,
                        e -> assertThat(e.getCause()).isInstanceOfSatisfying(EngineException.class, refused -> {
                            assertThat(refused.code()).isEqualTo("AGENT_UNKNOWN");
                            assertThat(refused)
                                    .hasMessageContaining(
                                            "no agent of type writer with german >= 0.5 that offers summarise;"
                                                    + " there are: a (type writer; german 0.3; offers summarise)");
                        }));
    }

    private String submit(String type, Map<String, Integer> capabilities) {
        ExecutionPlan plan = ExecutionPlan.named("p")
                .task("t", t -> t.tool("summarise").agent(new AgentRequirement(type, capabilities, "")))
                .build();
        return engine.submit(plan).join().executionId();
    }

    @Test
    void many_agents_that_were_here_are_forgotten_in_their_order() {
        for (int i = 0; i <= 1_000; i++) {
            engine.agents().register(writer("a" + i).type("type-" + i));
            engine.agents().unregister("a" + i);
        }

        assertThat(engine.agents().list()).isEmpty();
        assertThatThrownBy(() -> submit("type-0", Map.of())).hasMessageContaining("no agent of type type-0");
        assertThat(submit("type-1", Map.of())).isNotEmpty();
        assertThat(List.of(engine.tools().knownNames())).isNotEmpty();
    }
}
