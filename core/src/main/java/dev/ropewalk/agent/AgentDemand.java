package dev.ropewalk.agent;

import dev.ropewalk.plan.AgentRequirement;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// What a task asks of the agent that runs it. Equal demands share what is remembered of them, so one
/// should be made for a planned task and kept.
///
/// @param type of agent; empty for any
/// @param capabilities what the agent must be capable of, with the least proficiency from 0 to 1,000
/// @param tool that the agent must offer
/// @param constraints what its labels must be, as in [dev.ropewalk.plan.ResourceRequirement]
/// @param sticky the key under which tasks go to the same agent as long as it is there; empty for none
public record AgentDemand(
        String type,
        SortedMap<String, Integer> capabilities,
        String tool,
        SortedMap<String, String> constraints,
        String sticky) {

    private static final int NAMED = 8;

    public AgentDemand {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(sticky, "sticky");
        capabilities = AgentProfile.sorted(capabilities);
        constraints = AgentProfile.sorted(constraints);
    }

    /// Any agent that offers `tool`.
    public static AgentDemand forTool(String tool) {
        return new AgentDemand("", AgentProfile.sorted(Map.of()), tool, AgentProfile.sorted(Map.of()), "");
    }

    public static AgentDemand of(AgentRequirement requirement, String tool) {
        return new AgentDemand(
                requirement.type(),
                AgentProfile.sorted(requirement.capabilities()),
                tool,
                AgentProfile.sorted(Map.of()),
                requirement.sticky());
    }

    /// The same for whatever key.
    AgentDemand withoutKey() {
        return sticky.isEmpty() ? this : new AgentDemand(type, capabilities, tool, constraints, "");
    }

    /// `agent of type writer with german >= 0.5 that offers summarise`
    public String text() {
        StringBuilder text = new StringBuilder("agent");
        if (!type.isEmpty()) {
            text.append(" of type ").append(type);
        }
        if (!capabilities.isEmpty()) {
            text.append(capabilities.entrySet().stream()
                    .map(asked ->
                            asked.getValue() == 0 ? asked.getKey() : asked.getKey() + " >= " + asked.getValue() / 1e3)
                    .collect(Collectors.joining(" and ", " with ", "")));
        }
        text.append(" that offers ").append(tool);
        constraints.forEach((key, value) ->
                text.append(" where ").append(key).append(" is ").append(value));
        return text.toString();
    }

    /// That nobody meets it, and who there is: those of the type first.
    ///
    /// @param there every agent
    public String missing(Collection<AgentProfile> there) {
        if (there.isEmpty()) {
            return "no " + text() + "; there are no agents";
        }
        List<String> named = there.stream()
                .sorted(Comparator.comparing(
                                (AgentProfile agent) -> !agent.type().equals(type))
                        .thenComparing(AgentProfile::name))
                .limit(NAMED)
                .map(AgentProfile::text)
                .toList();
        String more = there.size() > NAMED ? " and " + (there.size() - NAMED) + " more" : "";
        return "no " + text() + "; there are: " + String.join(", ", named) + more;
    }
}
