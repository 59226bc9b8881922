package dev.ropewalk.cli;

import dev.ropewalk.ExecutionError;
import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionMetrics;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.ResourceUsage;
import dev.ropewalk.TaskResult;
import dev.ropewalk.plan.ExecutionStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The public records as JSON. What was not measured is left out; durations are in milliseconds, to the
/// microsecond.
final class ResultJson {

    static final int MOST_EVENTS = 10_000;

    private ResultJson() {}

    static Map<String, @Nullable Object> of(ExecutionResult result) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("executionId", result.executionId());
        json.put("planId", result.planId());
        json.put("status", result.status());
        put(json, "startedAt", result.startedAt());
        put(json, "completedAt", result.completedAt());
        if (result.status() == ExecutionStatus.COMPLETED) {
            json.put("result", result.result());
        }
        put(json, "error", result.error().map(ResultJson::of));
        json.put("metrics", of(result.metrics()));
        json.put(
                "resourceUsage",
                result.resourceUsage().get().stream().map(ResultJson::of).toList());
        List<ExecutionEvent> timeline = result.timeline().get();
        json.put(
                "timeline",
                timeline.stream().limit(MOST_EVENTS).map(ResultJson::of).toList());
        json.put("timelineTruncated", timeline.size() > MOST_EVENTS);
        json.put("failures", result.failures().stream().map(ResultJson::of).toList());
        json.put("partialResults", result.partialResults());
        if (!result.omittedResults().isEmpty()) {
            json.put("omittedResults", result.omittedResults());
        }
        return json;
    }

    static Map<String, @Nullable Object> of(ExecutionError error) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("code", error.code());
        json.put("message", error.message());
        put(json, "taskId", error.taskId());
        json.put("timestamp", error.timestamp());
        json.put("recoverable", error.recoverable());
        if (!error.context().isEmpty()) {
            json.put("context", error.context());
        }
        return json;
    }

    private static Map<String, @Nullable Object> of(ExecutionMetrics metrics) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("totalDuration", millis(metrics.totalDuration()));
        put(json, "effectiveDuration", metrics.effectiveDuration().map(ResultJson::millis));
        put(json, "totalCost", metrics.totalCost());
        put(json, "resourceEfficiency", metrics.resourceEfficiency());
        put(json, "qualityScore", metrics.qualityScore());
        put(json, "successRate", metrics.successRate());
        put(json, "throughput", metrics.throughput());
        put(json, "errorRate", metrics.errorRate());
        return json;
    }

    private static Map<String, @Nullable Object> of(ResourceUsage usage) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("resourceId", usage.resourceId());
        json.put("resourceType", usage.resourceType());
        json.put("unit", usage.unit());
        json.put("amountUsed", usage.amountUsed());
        put(json, "cost", usage.cost());
        json.put("startTime", usage.startTime());
        put(json, "endTime", usage.endTime());
        put(json, "efficiency", usage.efficiency());
        return json;
    }

    static Map<String, @Nullable Object> of(ExecutionEvent event) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", event.id());
        json.put("type", event.type());
        json.put("timestamp", event.timestamp());
        put(json, "taskId", event.taskId());
        json.put("description", event.description());
        if (!event.data().isEmpty()) {
            json.put("data", event.data());
        }
        return json;
    }

    static Map<String, @Nullable Object> of(TaskResult task) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("taskId", task.taskId());
        json.put("tool", task.tool());
        json.put("status", task.status());
        json.put("attempts", task.metrics().attempts());
        put(json, "agent", task.metrics().agent());
        json.put("runTime", millis(task.metrics().runTime()));
        put(json, "error", task.error().map(ResultJson::of));
        put(json, "skipReason", task.skipReason());
        json.put("skipped", task.skipped());
        return json;
    }

    static BigDecimal millis(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos() / 1_000, 3);
    }

    static void put(Map<String, @Nullable Object> json, String key, Optional<?> value) {
        value.ifPresent(known -> json.put(key, known));
    }

    private static void put(Map<String, @Nullable Object> json, String key, OptionalDouble value) {
        value.ifPresent(known -> json.put(key, known));
    }
}
