package dev.ropewalk.agents;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolFunction;
import dev.ropewalk.tool.ToolResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes an agent in this process out of functions. Unless it says otherwise, the agent runs one
/// attempt at a time, at the usual speed, and costs nothing. For one thread.
public final class AgentBuilder {

    private static final int MILLI = 1_000;

    private final String name;
    private String type = "";
    private final Map<String, Integer> capabilities = new TreeMap<>();
    private int capacity = 1;
    private long milliSpeed = MILLI;
    private long microCostPerSecond;
    private long microCostPerCall;
    private final Map<String, String> labels = new TreeMap<>();
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final List<String> runs = new ArrayList<>();
    private Optional<Duration> heartbeat = Optional.empty();

    AgentBuilder(String name) {
        this.name = name;
    }

    /// What kind of agent it is, for tasks that ask for one.
    public AgentBuilder type(String kind) {
        type = kind;
        return this;
    }

    /// Fully proficient in it.
    public AgentBuilder capability(String capability) {
        return capability(capability, 1);
    }

    /// @param proficiency from 0 to 1
    public AgentBuilder capability(String capability, double proficiency) {
        capabilities.put(capability, (int) Math.round(proficiency * MILLI));
        return this;
    }

    /// One attempt at a time.
    public AgentBuilder sequential() {
        return capacity(1);
    }

    public AgentBuilder capacity(int attemptsAtOnce) {
        capacity = attemptsAtOnce;
        return this;
    }

    /// @param factor 2 for an agent that takes half as long as declared
    public AgentBuilder speed(double factor) {
        milliSpeed = Math.round(factor * MILLI);
        return this;
    }

    /// In the currency unit.
    public AgentBuilder costPerSecond(BigDecimal cost) {
        microCostPerSecond = micros(cost);
        return this;
    }

    /// In the currency unit.
    public AgentBuilder costPerCall(BigDecimal cost) {
        microCostPerCall = micros(cost);
        return this;
    }

    private static long micros(BigDecimal cost) {
        return cost.movePointRight(6).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    public AgentBuilder label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    /// A tool of its own.
    public AgentBuilder tool(String tool, ToolFunction function) {
        return tool(new OwnTool(ToolDescriptor.of(tool, ""), function));
    }

    /// A tool of its own, with its schema.
    public AgentBuilder tool(Tool tool) {
        tools.put(tool.descriptor().name(), tool);
        return this;
    }

    /// Tools of the engine that it runs.
    public AgentBuilder runs(String... names) {
        runs.addAll(List.of(names));
        return this;
    }

    /// Promises to be heard of within this time.
    public AgentBuilder heartbeat(Duration within) {
        heartbeat = Optional.of(within);
        return this;
    }

    /// @throws IllegalArgumentException if the agent cannot be; when it is registered at the latest
    public Agent build() {
        return new FunctionAgent(
                new AgentDescriptor(
                        name,
                        type,
                        new TreeMap<>(capabilities),
                        capacity,
                        milliSpeed,
                        microCostPerSecond,
                        microCostPerCall,
                        new TreeMap<>(labels),
                        tools.values().stream().map(Tool::descriptor).toList(),
                        runs,
                        heartbeat),
                Map.copyOf(tools));
    }

    private record OwnTool(ToolDescriptor descriptor, ToolFunction function) implements Tool {
        @Override
        public ToolResult call(dev.ropewalk.tool.ToolCall call) throws Exception {
            Object value = function.apply(call);
            return value instanceof ToolResult result ? result : ToolResult.of(value);
        }
    }
}
