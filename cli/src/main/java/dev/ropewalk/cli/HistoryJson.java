package dev.ropewalk.cli;

import dev.ropewalk.ExecutionMessage;
import dev.ropewalk.History;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the history tells, as JSON.
final class HistoryJson {

    private HistoryJson() {}

    static Map<String, @Nullable Object> of(History.Execution execution) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("executionId", execution.id());
        json.put("workflow", execution.workflow());
        json.put("version", execution.version());
        json.put("status", execution.status());
        json.put("createdAt", execution.createdAt());
        ResultJson.put(json, "startedAt", execution.startedAt());
        ResultJson.put(json, "completedAt", execution.completedAt());
        json.put("tags", execution.tags());
        json.put("metadata", execution.metadata());
        ResultJson.put(json, "key", execution.idempotencyKey());
        ResultJson.put(json, "errorCode", execution.errorCode());
        ResultJson.put(json, "quarantine", execution.quarantine());
        json.put("events", execution.events());
        return json;
    }

    static Map<String, @Nullable Object> of(History.Task task) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("taskId", task.path());
        json.put("step", task.step());
        json.put("tool", task.tool());
        json.put("status", task.status());
        json.put("attempts", task.attempts());
        ResultJson.put(json, "agent", task.metrics().agent());
        ResultJson.put(json, "queuedAt", task.metrics().queuedAt());
        ResultJson.put(json, "startedAt", task.metrics().startedAt());
        ResultJson.put(json, "completedAt", task.metrics().completedAt());
        ResultJson.put(json, "waitTime", task.metrics().waitTime().map(ResultJson::millis));
        json.put("runTime", ResultJson.millis(task.metrics().runTime()));
        ResultJson.put(json, "errorCode", task.errorCode());
        ResultJson.put(json, "errorMessage", task.errorMessage());
        json.put("hasResult", task.hasResult());
        return json;
    }

    static Map<String, @Nullable Object> of(ExecutionMessage message) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("level", message.level());
        json.put("message", message.message());
        json.put("timestamp", message.timestamp());
        ResultJson.put(json, "taskId", message.taskId());
        if (message.attempt() > 0) {
            json.put("attempt", message.attempt());
        }
        return json;
    }
}
