package dev.ropewalk.engine;

import dev.ropewalk.agent.AgentProfile;
import dev.ropewalk.agent.AgentRegistry;
import dev.ropewalk.agent.Choice;
import dev.ropewalk.agent.RoutingOptions;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/// What happens to the loop's agents from outside. Answers go to consumers that must not block.
public sealed interface AgentChange {

    /// @param ownTools that no one but agents has: tasks that call them need one, whoever is there
    record Register(AgentProfile profile, List<String> ownTools) implements AgentChange {}

    /// Its attempts are told to stop.
    record Unregister(String name) implements AgentChange {}

    /// @param idle runs once the agent runs nothing
    record Drain(String name, Runnable idle) implements AgentChange {}

    record Resume(String name) implements AgentChange {}

    record Heartbeat(String name) implements AgentChange {}

    record Route(RoutingOptions options) implements AgentChange {}

    /// Looks at why tasks wait for agents.
    record LookAtWaiting(Consumer<List<Choice.Refused>> look) implements AgentChange {}

    /// Looks at the agents; must not change them.
    record Look(ObjLongConsumer<AgentRegistry> look) implements AgentChange {}
}
