package dev.ropewalk.cli;

import dev.ropewalk.ExecutionEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The story of an execution, in lines for people. That an attempt failed and what follows from it are
/// several records of the log but one piece of news, so it is told once.
final class EventLines {

    /// Failed attempts whose consequence is not known yet, by task. It comes with the next event.
    private final Map<String, ExecutionEvent> failed = new HashMap<>();

    private String latestFailure = "";

    /// Whether the next event of the task tells what follows from a failed attempt.
    boolean awaitsConsequence(String task) {
        return failed.containsKey(task);
    }

    /// No line for events that only programs look at, or that are told together with the next.
    List<String> of(ExecutionEvent event) {
        return switch (event.type()) {
            case TASK_QUEUED, TASK_CONDITION_EVALUATED, EXECUTION_ACCEPTED -> List.of();
            case ATTEMPT_FAILED -> {
                failed.put(event.taskId().orElse(""), event);
                yield List.of();
            }
            case EXECUTION_STOPPING, EXECUTION_FAILED ->
                List.of(EventLine.line(event, withoutLatestFailure(event.description()), ""));
            default -> {
                ExecutionEvent attempt = failed.remove(event.taskId().orElse(""));
                yield attempt == null ? List.of(EventLine.of(event)) : together(attempt, event);
            }
        };
    }

    private List<String> together(ExecutionEvent attempt, ExecutionEvent then) {
        String message = message(attempt);
        latestFailure = message;
        return switch (then.type()) {
            case RETRY_SCHEDULED, TASK_SKIPPED ->
                List.of(EventLine.line(
                        attempt, attempt.description(), EventLine.ran(attempt) + "; " + then.description()));
            case TASK_FAILED, TASK_TIMED_OUT ->
                List.of(EventLine.line(then, then.description(), EventLine.ran(attempt) + which(attempt)));
            default -> List.of(EventLine.of(attempt), EventLine.of(then));
        };
    }

    private static String message(ExecutionEvent event) {
        return event.data().get("message") instanceof String text ? text : "";
    }

    private static String which(ExecutionEvent attempt) {
        return attempt.data().get("attempt") instanceof Long number && number > 1 ? ", at attempt " + number : "";
    }

    private String withoutLatestFailure(String description) {
        String end = ": " + latestFailure;
        return !latestFailure.isEmpty() && description.endsWith(end)
                ? description.substring(0, description.length() - end.length())
                : description;
    }
}
