package dev.ropewalk.agents;

import dev.ropewalk.plan.AgentRequirement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The agents of one engine. They come and go while plans run; a task gets its agent when it starts, so
/// what waits is placed anew whenever something changes. Safe for use by several threads.
public interface Agents {

    /// Adds an agent. Tools of its own can be called by plans from now on.
    ///
    /// @throws IllegalArgumentException if there is an agent of this name, one of its tools has the name
    ///     of a tool of the engine's, or it describes what cannot be
    void register(Agent agent);

    /// As [#register(Agent)], for an agent made of functions.
    default void register(AgentBuilder agent) {
        register(agent.build());
    }

    /// Forgets the agent. What it runs is told to stop and starts again elsewhere, without a counted
    /// retry.
    ///
    /// @return whether it was there
    boolean unregister(String name);

    /// Gives the agent nothing more.
    ///
    /// @return completes once it has ended what it runs, at once if there is no such agent
    CompletableFuture<Void> drain(String name);

    /// Gives a draining agent work again.
    ///
    /// @return whether it was there
    boolean resume(String name);

    /// The agent is alive. One that counted as gone is there again.
    ///
    /// @return whether it is registered
    boolean heartbeat(String name);

    /// Chooses agents by other weights from now on.
    void route(AgentRouting routing);

    Optional<AgentStatus> status(String name);

    /// Every agent, in order of name.
    List<AgentStatus> list();

    /// What tasks wait for that found no agent when they last asked, and why.
    List<AgentWait> waiting();

    /// How the agents that could run such a task are judged now, best first.
    ///
    /// @param requirement as a task would state it
    /// @param tool that it would call
    List<AgentScore> scores(AgentRequirement requirement, String tool);
}
