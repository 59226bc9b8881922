package dev.ropewalk.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolResult;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// An agent that answers later looks like one that works here.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RemoteAgentTest {

    private final List<Runnable> onCancel = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final CompletableFuture<ToolResult> answer = new CompletableFuture<>();

    private final RemoteAgent agent = new RemoteAgent() {
        @Override
        public AgentDescriptor describe() {
            return Agent.named("far").tool("work", _ -> null).build().describe();
        }

        @Override
        public CompletionStage<ToolResult> send(String tool, ToolCall call) {
            heard.add("send " + tool);
            return answer;
        }

        @Override
        public void cancel(ToolCall call) {
            heard.add("cancel");
            answer.completeExceptionally(new CompletionException(new InterruptedException("stopped")));
        }
    };

    /// A call of which only cancelling is used.
    private final ToolCall call = (ToolCall) Proxy.newProxyInstance(
            ToolCall.class.getClassLoader(), new Class<?>[] {ToolCall.class}, (_, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("onCancel");
                onCancel.add((Runnable) arguments[0]);
                return (ToolCall.Registration) onCancel::clear;
            });

    @Test
    void its_answer_is_the_result() throws Exception {
        answer.complete(ToolResult.of(42));

        assertThat(agent.execute("work", call).value()).isEqualTo(42);
        assertThat(heard).containsExactly("send work");
        assertThat(onCancel).as("forgotten after the call").isEmpty();
        assertThat(agent.isAlive()).isFalse();
    }

    @Test
    void its_failures_arrive_as_they_are() {
        answer.completeExceptionally(ToolException.permanent("NO", "will not"));

        assertThatThrownBy(() -> agent.execute("work", call))
                .isInstanceOfSatisfying(
                        ToolException.class, e -> assertThat(e.code()).isEqualTo("NO"));
    }

    @Test
    void an_error_of_the_other_side_is_wrapped() {
        answer.completeExceptionally(new AssertionError("bad"));

        assertThatThrownBy(() -> agent.execute("work", call)).hasRootCauseMessage("bad");
    }

    @Test
    void it_is_told_when_the_attempt_is_to_stop() throws Exception {
        Thread stopping = Thread.ofVirtual().unstarted(() -> onCancel.forEach(Runnable::run));
        answer.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS);
        agent.send("work", call);
        call.onCancel(() -> agent.cancel(call));
        stopping.start();
        stopping.join();

        assertThatThrownBy(() -> agent.execute("work", call)).isInstanceOf(InterruptedException.class);
        assertThat(heard).contains("cancel");
    }

    @Test
    void an_agent_that_is_lost_says_why() {
        assertThat(new AgentLostException("gone", new IOException("reset"))).hasRootCauseMessage("reset");
        try (ExecutionEngine engine = ExecutionEngine.inMemory()) {
            engine.agents().register(agent);
            assertThat(engine.agents().status("far")).isPresent();
        }
    }

    @Test
    void an_agent_of_functions_has_no_tools_but_its_own() {
        Agent near = Agent.named("near").tool("a", _ -> ToolResult.of("x")).build();

        assertThatThrownBy(() -> near.execute("b", call)).hasMessage("agent \"near\" has no tool \"b\"");
        assertThat(near.describe().has("a")).isTrue();
        assertThat(near.describe().has("b")).isFalse();
    }
}
