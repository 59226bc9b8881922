package dev.ropewalk.agents;

import dev.ropewalk.tool.ToolDescriptor;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an agent says of itself.
///
/// @param name unique among the agents of an engine: `[A-Za-z][A-Za-z0-9_-]{0,63}`
/// @param type what kind of agent it is, for tasks that ask for one; may be empty
/// @param capabilities what it is capable of, with its proficiency from 0 to 1,000
/// @param capacity how many attempts it runs at once; a sequential agent has 1
/// @param milliSpeed how fast it works, in thousandths of the speed for which durations are declared
/// @param microCostPerSecond what a second of its work costs, in millionths of the currency unit
/// @param microCostPerCall what each call costs beside that
/// @param labels facts about it, for people and for constraints
/// @param tools the tools that it has itself
/// @param runs tools of the engine that it runs: `shell`, `mcp:files/read_text_file`
/// @param heartbeat within what time it promises to be heard of, if it does; else it counts as gone
public record AgentDescriptor(
        String name,
        String type,
        SortedMap<String, Integer> capabilities,
        int capacity,
        long milliSpeed,
        long microCostPerSecond,
        long microCostPerCall,
        SortedMap<String, String> labels,
        List<ToolDescriptor> tools,
        List<String> runs,
        Optional<Duration> heartbeat) {

    public AgentDescriptor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        capabilities = sorted(capabilities);
        labels = sorted(labels);
        tools = List.copyOf(tools);
        runs = List.copyOf(runs);
        if (heartbeat.isPresent() && !heartbeat.get().isPositive()) {
            throw new IllegalArgumentException(
                    "agent \"%s\": heartbeat is %s; it must be longer than zero".formatted(name, heartbeat.get()));
        }
    }

    private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /// Whether the tool is its own.
    public boolean has(String tool) {
        return tools.stream().anyMatch(own -> own.name().equals(tool));
    }
}
