package dev.ropewalk.cli;

import dev.ropewalk.EngineOptions;
import dev.ropewalk.format.DurationText;
import dev.ropewalk.format.LocatedProblem;
import dev.ropewalk.format.SettingsFile;
import dev.ropewalk.plan.DidYouMean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives the keys of a configuration file their meaning, and reports every one that has none.
final class ConfigurationReader {

    private static final List<String> KEYS = List.of("store", "allowMcpCommands", "engine", "tools");
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
        EngineOptions engine = engine(map(List.of("engine"), all.get("engine")));
        Map<String, Map<String, @Nullable Object>> tools = new LinkedHashMap<>();
        map(List.of("tools"), all.get("tools"))
                .forEach((family, section) -> tools.put(family, map(List.of("tools", family), section)));
        if (!problems.isEmpty()) {
            throw CommandException.ofProblems(problems, 0);
        }
        return new Configuration(store, allow, engine, tools);
    }

    private EngineOptions engine(Map<String, @Nullable Object> section) {
        refuseOthers(List.of("engine"), section, ENGINE_KEYS);
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

    /// A whole number from `least` on; `KiB` and `MiB` multiply.
    private long amount(Map<String, @Nullable Object> section, String key, long least, long usual) {
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
        wrong(List.of("engine", key), value, "write a whole number from %d on, or a size like 256KiB".formatted(least));
        return usual;
    }

    private Duration duration(Map<String, @Nullable Object> section, String key, Duration usual) {
        Object value = section.get(key);
        if (value == null) {
            return usual;
        }
        Optional<Duration> duration = value instanceof String text ? DurationText.parse(text) : Optional.empty();
        if (duration.isEmpty()) {
            wrong(List.of("engine", key), value, "write a duration like 5s or 250ms");
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
