package dev.ropewalk.cli;

import dev.ropewalk.History;
import dev.ropewalk.plan.Documentation;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedStep;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.value.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the author of a plan said of it, its steps and tasks, for people and to find them by.
final class Remarks {

    private static final Pattern ITEM = Pattern.compile("\\[\\d+]");
    private static final String ANY_ITEM = "[*]";

    private final Documentation whole;
    private final Map<String, Documentation> steps = new LinkedHashMap<>();
    private final Map<String, Documentation> tasks = new HashMap<>();

    /// @param plan without it, nothing was said
    Remarks(Optional<ExecutionPlan> plan) {
        whole = plan.map(ExecutionPlan::about).orElse(Documentation.NONE);
        for (PlannedStep step : plan.map(ExecutionPlan::steps).orElse(List.of())) {
            steps.put(step.path(), step.about());
        }
        for (PlannedTask task : plan.map(ExecutionPlan::tasks).orElse(List.of())) {
            if (!task.about().equals(Documentation.NONE)) {
                tasks.put(task.path(), task.about());
            }
        }
    }

    String description() {
        return whole.description();
    }

    /// The steps in order, as JSON.
    List<Map<String, @Nullable Object>> steps() {
        return steps.entrySet().stream()
                .map(step -> {
                    Map<String, @Nullable Object> json = new LinkedHashMap<>();
                    json.put("stepId", step.getKey());
                    put(json, step.getValue());
                    return json;
                })
                .toList();
    }

    /// What was said of the task; of an item, what was said of all.
    Documentation ofTask(String path) {
        String pattern = ITEM.matcher(path).replaceAll(ANY_ITEM);
        String all = pattern.endsWith(ANY_ITEM) ? pattern.substring(0, pattern.length() - ANY_ITEM.length()) : pattern;
        return tasks.getOrDefault(pattern, tasks.getOrDefault(all, Documentation.NONE));
    }

    /// Whether the task has these tags and these texts in its metadata, or its step has them for it.
    boolean has(History.Task task, List<String> tags, Map<String, String> metadata) {
        Documentation own = ofTask(task.path());
        Documentation step = steps.getOrDefault(task.step(), Documentation.NONE);
        return tags.stream()
                        .allMatch(tag -> own.tags().contains(tag) || step.tags().contains(tag))
                && metadata.entrySet().stream().allMatch(wanted -> says(own, wanted) || says(step, wanted));
    }

    private static boolean says(Documentation about, Map.Entry<String, String> wanted) {
        Object value = metadata(about).get(wanted.getKey());
        return value != null && value.toString().equals(wanted.getValue());
    }

    /// Adds what was said to the JSON of what it was said of.
    static void put(Map<String, @Nullable Object> json, Documentation about) {
        if (!about.name().isEmpty()) {
            json.put("name", about.name());
        }
        if (!about.description().isEmpty()) {
            json.put("description", about.description());
        }
        if (!about.tags().isEmpty()) {
            json.put("tags", about.tags());
        }
        if (!metadata(about).isEmpty()) {
            json.put("metadata", metadata(about));
        }
    }

    private static Map<?, ?> metadata(Documentation about) {
        return Json.read(about.metadata().text()) instanceof Map<?, ?> map ? map : Map.of();
    }
}
