package dev.ropewalk.cli;

import dev.ropewalk.agents.Agent;
import dev.ropewalk.agents.AgentBuilder;
import dev.ropewalk.agents.AgentRouting;
import dev.ropewalk.engine.AgentProfiles;
import dev.ropewalk.format.DurationText;
import dev.ropewalk.format.LocatedProblem;
import dev.ropewalk.format.SettingsFile;
import dev.ropewalk.plan.DidYouMean;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The sections `agents` and `routing` of a configuration file: agents that run tools of the engine, and
/// what counts how much when one of them is chosen.
final class AgentsSection {

    private static final List<String> AGENT_KEYS =
            List.of("type", "capabilities", "capacity", "speed", "costPerSecond", "costPerCall", "labels", "tools");
    private static final List<String> ROUTING_KEYS =
            List.of("secondsPerUnit", "demandWeight", "proficiencyWeight", "coldStart", "maxWait", "gain", "forget");

    private final SettingsFile file;
    private final List<LocatedProblem> problems;

    /// @param problems takes what is wrong
    AgentsSection(SettingsFile file, List<LocatedProblem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /// @param section by the agents' names
    List<Agent> agents(Map<String, @Nullable Object> section) {
        List<Agent> agents = new ArrayList<>();
        section.forEach((name, value) ->
                agent(name, map(List.of("agents", name), value)).ifPresent(agents::add));
        return agents;
    }

    private Optional<Agent> agent(String name, Map<String, @Nullable Object> values) {
        List<String> at = List.of("agents", name);
        int before = problems.size();
        refuseOthers(at, values, AGENT_KEYS);
        AgentBuilder agent = Agent.named(name);
        text(at, "type", values).ifPresent(agent::type);
        capabilities(with(at, "capabilities"), values.get("capabilities"), agent);
        number(at, "capacity", values).ifPresent(capacity -> {
            if (capacity.stripTrailingZeros().scale() > 0
                    || capacity.signum() < 1
                    || capacity.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
                wrong(with(at, "capacity"), capacity, "write a whole number from 1 on");
            } else {
                agent.capacity(capacity.intValue());
            }
        });
        number(at, "speed", values).ifPresent(speed -> agent.speed(speed.doubleValue()));
        cost(at, "costPerSecond", values, agent, AgentBuilder::costPerSecond);
        cost(at, "costPerCall", values, agent, AgentBuilder::costPerCall);
        map(with(at, "labels"), values.get("labels")).forEach((key, label) -> agent.label(key, String.valueOf(label)));
        texts(with(at, "tools"), values.get("tools")).forEach(agent::runs);
        if (problems.size() > before) {
            return Optional.empty();
        }
        try {
            Agent built = agent.build();
            AgentProfiles.of(built.describe());
            return Optional.of(built);
        } catch (IllegalArgumentException e) {
            problems.add(file.problem(at, "INVALID_VALUE", String.valueOf(e.getMessage()), ""));
            return Optional.empty();
        }
    }

    private void capabilities(List<String> at, @Nullable Object value, AgentBuilder agent) {
        if (value instanceof List<?>) {
            texts(at, value).forEach(agent::capability);
            return;
        }
        Map<String, @Nullable Object> capabilities = map(at, value);
        for (String capability : capabilities.keySet()) {
            number(at, capability, capabilities)
                    .ifPresent(proficiency -> agent.capability(capability, proficiency.doubleValue()));
        }
    }

    private void cost(
            List<String> at,
            String key,
            Map<String, @Nullable Object> values,
            AgentBuilder agent,
            BiConsumer<AgentBuilder, BigDecimal> set) {
        number(at, key, values).ifPresent(cost -> {
            if (cost.signum() < 0 || cost.precision() - cost.scale() > 12) {
                wrong(with(at, key), cost, "write an amount of the currency unit, such as 0.002");
            } else {
                set.accept(agent, cost);
            }
        });
    }

    AgentRouting routing(Map<String, @Nullable Object> section) {
        List<String> at = List.of("routing");
        AgentRouting usual = AgentRouting.DEFAULT;
        refuseOthers(at, section, ROUTING_KEYS);
        return new AgentRouting(
                weight(at, "secondsPerUnit", section, usual.secondsPerUnit()),
                weight(at, "demandWeight", section, usual.demandWeight()),
                weight(at, "proficiencyWeight", section, usual.proficiencyWeight()),
                duration(at, "coldStart", section, usual.coldStart()),
                duration(at, "maxWait", section, usual.maxWait()),
                weight(at, "gain", section, usual.gain()),
                duration(at, "forget", section, usual.forget()));
    }

    private double weight(List<String> at, String key, Map<String, @Nullable Object> section, double usual) {
        Optional<BigDecimal> weight = number(at, key, section);
        if (weight.isPresent() && weight.get().signum() < 0) {
            wrong(with(at, key), weight.get(), "write a number from 0 on");
            return usual;
        }
        return weight.map(BigDecimal::doubleValue).orElse(usual);
    }

    private Duration duration(List<String> at, String key, Map<String, @Nullable Object> section, Duration usual) {
        Object value = section.get(key);
        if (value == null) {
            return usual;
        }
        Optional<Duration> duration = value instanceof String text ? DurationText.parse(text) : Optional.empty();
        if (duration.isEmpty() || (duration.get().isZero() && key.equals("forget"))) {
            wrong(with(at, key), value, "write a duration like 5s or 250ms");
            return usual;
        }
        return duration.get();
    }

    private Optional<BigDecimal> number(List<String> at, String key, Map<String, @Nullable Object> values) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number) {
            try {
                return Optional.of(new BigDecimal(value.toString()));
            } catch (NumberFormatException _) {
                // Infinite, or no number: told below.
            }
        }
        wrong(with(at, key), value, "write a number");
        return Optional.empty();
    }

    private Optional<String> text(List<String> at, String key, Map<String, @Nullable Object> values) {
        Object value = values.get(key);
        if (value != null && !(value instanceof String)) {
            wrong(with(at, key), value, "write a text");
        }
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private List<String> texts(List<String> at, @Nullable Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        if (value != null) {
            wrong(at, value, "write a list of texts");
        }
        return List.of();
    }

    private Map<String, @Nullable Object> map(List<String> at, @Nullable Object value) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((key, each) -> map.put(String.valueOf(key), each));
        } else if (value != null) {
            wrong(at, value, "write `key: value` lines below it");
        }
        return map;
    }

    private void refuseOthers(List<String> at, Map<String, @Nullable Object> values, List<String> known) {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                problems.add(file.problem(
                        with(at, key),
                        "UNKNOWN_KEY",
                        "there is no key \"%s\" here".formatted(key),
                        DidYouMean.remedy(key, known, "there are " + String.join(", ", known))));
            }
        }
    }

    private static List<String> with(List<String> at, String key) {
        List<String> path = new ArrayList<>(at);
        path.add(key);
        return path;
    }

    private void wrong(List<String> path, Object value, String remedy) {
        problems.add(file.problem(path, "WRONG_TYPE", "%s does not fit here".formatted(value), remedy));
    }
}
