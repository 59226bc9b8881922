package dev.ropewalk.agent;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Agents, demands and tasks for tests, in a few words.
final class Sample {

    static final long SECOND = 1_000_000;
    static final long NOON = 1_000_000 * SECOND;

    private Sample() {}

    static AgentProfile agent(String name, int capacity, double speed) {
        return agent(name, "", Map.of(), capacity, speed);
    }

    static AgentProfile agent(String name, String type, Map<String, Integer> capabilities, int capacity, double speed) {
        return new AgentProfile(
                name,
                type,
                new TreeMap<>(capabilities),
                capacity,
                Math.round(speed * 1_000),
                0,
                0,
                new TreeMap<>(),
                List.of("work"),
                0);
    }

    static AgentProfile costing(AgentProfile agent, long microPerSecond, long microPerCall) {
        return new AgentProfile(
                agent.name(),
                agent.type(),
                agent.capabilities(),
                agent.capacity(),
                agent.milliSpeed(),
                microPerSecond,
                microPerCall,
                agent.labels(),
                agent.tools(),
                agent.silenceMicros());
    }

    static AgentProfile beating(AgentProfile agent, long silenceMicros) {
        return new AgentProfile(
                agent.name(),
                agent.type(),
                agent.capabilities(),
                agent.capacity(),
                agent.milliSpeed(),
                0,
                0,
                agent.labels(),
                agent.tools(),
                silenceMicros);
    }

    static AgentProfile labelled(AgentProfile agent, Map<String, String> labels, List<String> tools) {
        return new AgentProfile(
                agent.name(),
                agent.type(),
                agent.capabilities(),
                agent.capacity(),
                agent.milliSpeed(),
                0,
                0,
                new TreeMap<>(labels),
                tools,
                0);
    }

    static AgentDemand any() {
        return AgentDemand.forTool("work");
    }

    static AgentDemand demand(String type, Map<String, Integer> capabilities, String sticky) {
        return new AgentDemand(type, new TreeMap<>(capabilities), "work", new TreeMap<>(), sticky);
    }

    /// Declared to take so long, ready since noon.
    static TaskProfile task(double seconds) {
        return task(seconds, 0);
    }

    static TaskProfile task(double seconds, int behind) {
        return new TaskProfile(Math.round(seconds * SECOND), 1, TaskProfile.PREDICT, NOON, behind);
    }
}
