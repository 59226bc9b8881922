package dev.ropewalk.agents;

import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolResult;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/// An agent that is sent its work and answers when it is done, such as one behind a network.
public interface RemoteAgent extends Agent {

    /// Sends the call and returns at once.
    ///
    /// @return completes with the result, or exceptionally with what [Agent#execute] throws
    CompletionStage<ToolResult> send(String tool, ToolCall call);

    /// The attempt was told to stop; the answer to it should come soon, and may be a failure.
    void cancel(ToolCall call);

    /// Sends the call and waits for the answer.
    @Override
    default ToolResult execute(String tool, ToolCall call) throws Exception {
        try (ToolCall.Registration _ = call.onCancel(() -> cancel(call))) {
            return send(tool, call).toCompletableFuture().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof CompletionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : e.getCause();
            throw cause instanceof Exception failure ? failure : e;
        }
    }
}
