package dev.ropewalk.cli;

import dev.ropewalk.EngineOptions;
import dev.ropewalk.SchedulingOptions;
import dev.ropewalk.agents.Agent;
import dev.ropewalk.agents.AgentRouting;
import dev.ropewalk.format.DurationText;
import dev.ropewalk.format.LocatedProblem;
import dev.ropewalk.format.SettingsFile;
import dev.ropewalk.format.cel.ExpressionLimits;
import dev.ropewalk.format.tree.TreeLimits;
import dev.ropewalk.plan.DidYouMean;
import dev.ropewalk.plan.KnownResources;
import dev.ropewalk.plan.PlanLimits;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.plan.Quoted;
import dev.ropewalk.plan.SharedResources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Gives the keys of a configuration file their meaning, and reports every one that has none.
final class ConfigurationReader {

    private static final List<String> KEYS = List.of(
            "store",
            "allowMcpCommands",
            "engine",
            "strategy",
            "tenants",
            "groups",
            "pools",
            "limits",
            "tools",
            "agents",
            "routing");
    private static final List<String> ENGINE_KEYS = List.of(
            "maxParallel",
            "maxConcurrentExecutions",
            "maxPendingExecutions",
            "inboxCapacity",
            "grace",
            "inlineLimit",
            "outputMemory",
            "outputLimit",
            "maxMessages",
            "temporary");
    private static final List<String> LIMIT_KEYS = List.of(
            "yamlBytes",
            "yamlDepth",
            "yamlAliases",
            "jsonBytes",
            "jsonDepth",
            "values",
            "numberLength",
            "maxTasks",
            "maxEdges",
            "maxDepth",
            "maxItems",
            "maxExpressionLength",
            "maxExpressionTokens",
            "maxExpressionCost");

    /// A file is read into memory.
    private static final int MOST_BYTES = 1 << 30;

    /// Every level takes a part of a thread's stack.
    private static final int MOST_DEPTH = 128;

    /// One of the maps of which the file consists.
    private record Section(String name, Map<String, @Nullable Object> values) {
        @Nullable
        Object get(String key) {
            return values.get(key);
        }

        List<String> path(String key) {
            return List.of(name, key);
        }
    }

    private final SettingsFile file;
    private final List<LocatedProblem> problems;

    ConfigurationReader(SettingsFile file) {
        this.file = file;
        this.problems = new ArrayList<>(file.problems());
    }

    Configuration read() {
        Map<String, @Nullable Object> all = file.values();
        refuseOthers(List.of(), all, KEYS);
        Optional<String> store = Optional.ofNullable(all.get("store")).flatMap(value -> text("store", value));
        boolean allow = flag("allowMcpCommands", all.get("allowMcpCommands"));
        EngineOptions engine = engine(section("engine", all, ENGINE_KEYS));
        SchedulingOptions scheduling = scheduling(all);
        ReadingLimits limits = limits(section("limits", all, LIMIT_KEYS));
        Map<String, Map<String, @Nullable Object>> tools = new LinkedHashMap<>();
        map(List.of("tools"), all.get("tools"))
                .forEach((family, section) -> tools.put(family, map(List.of("tools", family), section)));
        AgentsSection agentsSection = new AgentsSection(file, problems);
        List<Agent> agents = agentsSection.agents(map(List.of("agents"), all.get("agents")));
        AgentRouting routing = agentsSection.routing(map(List.of("routing"), all.get("routing")));
        if (!problems.isEmpty()) {
            throw CommandException.ofProblems(problems, 0);
        }
        return new Configuration(store, allow, engine, scheduling, limits, tools, agents, routing);
    }

    private Section section(String name, Map<String, @Nullable Object> all, List<String> keys) {
        Map<String, @Nullable Object> values = map(List.of(name), all.get(name));
        refuseOthers(List.of(name), values, keys);
        return new Section(name, values);
    }

    private EngineOptions engine(Section section) {
        EngineOptions usual = EngineOptions.DEFAULT;
        return new EngineOptions(
                (int) amount(section, "maxParallel", 1, usual.maxParallel()),
                (int) amount(section, "maxConcurrentExecutions", 1, usual.maxConcurrentExecutions()),
                (int) amount(section, "maxPendingExecutions", 1, usual.maxPendingExecutions()),
                (int) amount(section, "inboxCapacity", 1, usual.inboxCapacity()),
                duration(section, "grace", usual.grace()),
                (int) amount(section, "inlineLimit", 0, usual.inlineLimit()),
                (int) amount(section, "outputMemory", 1, usual.outputMemory()),
                amount(section, "outputLimit", 1, usual.outputLimit()),
                (int) amount(section, "maxMessages", 1, usual.maxMessages()),
                section.get("temporary") instanceof String path ? Path.of(path) : usual.temporary());
    }

    private SchedulingOptions scheduling(Map<String, @Nullable Object> all) {
        SharedResources shared = file.shared(problems::add);
        Optional<String> strategy = Optional.ofNullable(all.get("strategy")).flatMap(value -> text("strategy", value));
        strategy.filter(name -> !KnownResources.STRATEGIES.contains(name))
                .ifPresent(name -> problems.add(file.problem(
                        List.of("strategy"),
                        Problem.STRATEGY_UNKNOWN,
                        "there is no strategy %s".formatted(Quoted.of(name)),
                        DidYouMean.remedy(
                                name,
                                KnownResources.STRATEGIES,
                                "the strategies are " + String.join(", ", KnownResources.STRATEGIES)))));
        SequencedMap<String, Integer> tenants = new LinkedHashMap<>();
        map(List.of("tenants"), all.get("tenants")).forEach((tenant, weight) -> {
            if (weight instanceof Long number && number >= 1 && number <= SchedulingOptions.MOST_WEIGHT) {
                tenants.put(tenant, number.intValue());
            } else {
                wrong(
                        List.of("tenants", tenant),
                        String.valueOf(weight),
                        "write a weight from 1 to %,d".formatted(SchedulingOptions.MOST_WEIGHT));
            }
        });
        // What is shared was told with its place already.
        new SchedulingOptions(SharedResources.NONE, strategy, tenants)
                .problems()
                .forEach(problem -> problems.add(file.locate(problem)));
        return new SchedulingOptions(shared, strategy, tenants);
    }

    private ReadingLimits limits(Section section) {
        TreeLimits file = TreeLimits.DEFAULT;
        PlanLimits plan = PlanLimits.DEFAULT;
        ExpressionLimits expression = ExpressionLimits.DEFAULT;
        int expressionLength = (int) amount(section, "maxExpressionLength", 1, plan.maxExpressionLength());
        return new ReadingLimits(
                new TreeLimits(
                        atMost(MOST_BYTES, section, "yamlBytes", file.yamlBytes()),
                        atMost(MOST_DEPTH, section, "yamlDepth", file.yamlDepth()),
                        (int) amount(section, "yamlAliases", 0, file.yamlAliases()),
                        atMost(MOST_BYTES, section, "jsonBytes", file.jsonBytes()),
                        atMost(MOST_DEPTH, section, "jsonDepth", file.jsonDepth()),
                        (int) amount(section, "values", 1, file.values()),
                        (int) amount(section, "numberLength", 1, file.numberLength())),
                new PlanLimits(
                        (int) amount(section, "maxTasks", 1, plan.maxTasks()),
                        (int) amount(section, "maxEdges", 0, plan.maxEdges()),
                        atMost(MOST_DEPTH, section, "maxDepth", plan.maxDepth()),
                        (int) amount(section, "maxItems", 1, plan.maxItems()),
                        expressionLength),
                new ExpressionLimits(
                        expressionLength, (int) amount(section, "maxExpressionTokens", 1, expression.tokens()), (int)
                                amount(section, "maxExpressionCost", 1, expression.cost())));
    }

    private int atMost(int most, Section section, String key, int usual) {
        int amount = (int) amount(section, key, 1, usual);
        if (amount > most) {
            wrong(section.path(key), amount, "write at most %,d".formatted(most));
            return usual;
        }
        return amount;
    }

    /// A whole number from `least` on; `KiB` and `MiB` multiply.
    private long amount(Section section, String key, long least, long usual) {
        Object value = section.get(key);
        if (value == null) {
            return usual;
        }
        String text = String.valueOf(value);
        int shift = text.endsWith("KiB") ? 10 : text.endsWith("MiB") ? 20 : 0;
        try {
            long amount = Long.parseLong(
                            shift == 0
                                    ? text
                                    : text.substring(0, text.length() - 3).strip())
                    << shift;
            if (amount >= least && amount <= Integer.MAX_VALUE) {
                return amount;
            }
        } catch (NumberFormatException _) {
            // Told below, with numbers that are out of bounds.
        }
        wrong(section.path(key), value, "write a whole number from %d on, or a size like 256KiB".formatted(least));
        return usual;
    }

    private Duration duration(Section section, String key, Duration usual) {
        Object value = section.get(key);
        if (value == null) {
            return usual;
        }
        Optional<Duration> duration = value instanceof String text ? DurationText.parse(text) : Optional.empty();
        if (duration.isEmpty()) {
            wrong(section.path(key), value, "write a duration like 5s or 250ms");
        }
        return duration.orElse(usual);
    }

    private Optional<String> text(String key, Object value) {
        if (value instanceof String text) {
            return Optional.of(text);
        }
        wrong(List.of(key), value, "write a text");
        return Optional.empty();
    }

    private boolean flag(String key, @Nullable Object value) {
        if (value != null && !(value instanceof Boolean)) {
            wrong(List.of(key), value, "write true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    private Map<String, @Nullable Object> map(List<String> path, @Nullable Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((key, each) -> map.put(String.valueOf(key), each));
        } else if (value != null) {
            wrong(path, value, "write `key: value` lines below it");
        }
        return map;
    }

    private void refuseOthers(List<String> path, Map<String, @Nullable Object> section, List<String> known) {
        for (String key : section.keySet()) {
            if (!known.contains(key)) {
                List<String> whole = new ArrayList<>(path);
                whole.add(key);
                problems.add(file.problem(
                        whole,
                        "UNKNOWN_KEY",
                        "there is no key \"%s\" here".formatted(key),
                        DidYouMean.remedy(key, known, "there are " + String.join(", ", known))));
            }
        }
    }

    private void wrong(List<String> path, Object value, String remedy) {
        problems.add(file.problem(path, "WRONG_TYPE", "%s does not fit here".formatted(value), remedy));
    }
}
