package dev.ropewalk.agents;

import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolResult;

/// Somebody who runs attempts: with tools of its own, with a capacity, at a speed and a price. Safe for
/// use by as many threads as it has capacity.
///
/// An agent that works somewhere else is a [RemoteAgent].
public interface Agent {

    /// Describes an agent that is made of functions.
    static AgentBuilder named(String name) {
        return new AgentBuilder(name);
    }

    /// Who it is and what it offers; read when it is registered.
    AgentDescriptor describe();

    /// Does the work of one attempt and returns what the task's result is. Called on a virtual thread of
    /// its own, so it may block. What is said of stopping in [dev.ropewalk.tool.Tool#call] holds here.
    ///
    /// @param tool one of those in [AgentDescriptor#tools()]
    /// @throws AgentLostException if the agent is not there any more: the attempt is lost, and the task
    ///     starts again elsewhere without a counted retry
    /// @throws dev.ropewalk.tool.ToolException a failure with a stable code
    /// @throws InterruptedException if the attempt was told to stop
    /// @throws Exception any other exception is reported with the code `TOOL_ERROR`
    ToolResult execute(String tool, ToolCall call) throws Exception;

    /// Asked for an agent that promises heartbeats, three times in the promised time: `true` counts as
    /// one. An agent that reports them itself, with [Agents#heartbeat], need not answer.
    default boolean isAlive() throws Exception {
        return false;
    }
}
