package dev.ropewalk.agent;

import dev.ropewalk.plan.ResourceRequirement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an agent says of itself.
///
/// @param name unique among the agents of an engine
/// @param type what kind of agent it is: `writer`; may be empty
/// @param capabilities what it is capable of, with its proficiency from 0 to 1,000
/// @param capacity how many attempts it runs at once; a sequential agent has 1
/// @param milliSpeed how fast it works, in thousandths of the speed for which durations are declared
/// @param microCostPerSecond what a second of its work costs, in millionths of the currency unit
/// @param microCostPerCall what each call costs beside that
/// @param labels what constraints are matched against
/// @param tools the tools that it offers, in order of name
/// @param silenceMicros after how long without a heartbeat it counts as gone; 0 if it promises none
public record AgentProfile(
        String name,
        String type,
        SortedMap<String, Integer> capabilities,
        int capacity,
        long milliSpeed,
        long microCostPerSecond,
        long microCostPerCall,
        SortedMap<String, String> labels,
        List<String> tools,
        long silenceMicros) {

    /// The greatest proficiency.
    public static final int MOST = 1_000;

    /// The speed for which durations are declared.
    public static final long USUAL_SPEED = 1_000;

    private static final long MAX_SPEED = 1_000_000_000;

    public AgentProfile {
        Objects.requireNonNull(type, "type");
        capabilities = sorted(capabilities);
        labels = sorted(labels);
        tools = tools.stream().distinct().sorted().toList();
        check(!name.isBlank(), name, "an agent needs a name");
        check(capacity >= 1, name, "capacity is " + capacity + "; it must be at least 1");
        check(
                milliSpeed >= 1 && milliSpeed <= MAX_SPEED,
                name,
                "speed is " + milliSpeed / 1e3 + "; it must be from 0.001 to 1,000,000");
        check(
                microCostPerSecond >= 0 && microCostPerCall >= 0,
                name,
                "costs are " + microCostPerSecond + " a second and " + microCostPerCall
                        + " a call; they must not be negative");
        check(silenceMicros >= 0, name, "the time without a heartbeat must not be negative");
        for (Map.Entry<String, Integer> capability : capabilities.entrySet()) {
            check(
                    capability.getValue() >= 0 && capability.getValue() <= MOST,
                    name,
                    "proficiency in \"%s\" is %s; it must be from 0 to 1"
                            .formatted(capability.getKey(), capability.getValue() / 1e3));
        }
    }

    private static void check(boolean valid, String name, String message) {
        if (!valid) {
            throw new IllegalArgumentException("agent \"%s\": %s".formatted(name, message));
        }
    }

    static <V> SortedMap<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /// Whether it may run what `demand` asks for, when it has room.
    public boolean meets(AgentDemand demand) {
        if (!demand.type().isEmpty() && !demand.type().equals(type)) {
            return false;
        }
        if (Collections.binarySearch(tools, demand.tool()) < 0) {
            return false;
        }
        for (Map.Entry<String, Integer> asked : demand.capabilities().entrySet()) {
            Integer proficiency = capabilities.get(asked.getKey());
            if (proficiency == null || proficiency < asked.getValue()) {
                return false;
            }
        }
        return demand.constraints().isEmpty()
                || new ResourceRequirement("agent", 1, 0, ResourceRequirement.DEFAULT_PRIORITY, demand.constraints())
                        .matches(labels);
    }

    /// What the agent costs for a call that takes so long, in millionths of the currency unit.
    public double microCost(double micros) {
        return microCostPerCall + microCostPerSecond * micros / 1e6;
    }

    /// `writer-1 (type writer; german 0.3; offers summarise)`
    public String text() {
        StringBuilder text = new StringBuilder(name).append(" (");
        if (!type.isEmpty()) {
            text.append("type ").append(type).append("; ");
        }
        capabilities.forEach((capability, proficiency) ->
                text.append(capability).append(' ').append(proficiency / 1e3).append("; "));
        return text.append("offers ")
                .append(tools.isEmpty() ? "no tool" : String.join(", ", tools))
                .append(')')
                .toString();
    }
}
