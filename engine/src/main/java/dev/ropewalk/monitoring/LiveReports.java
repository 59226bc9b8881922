package dev.ropewalk.monitoring;

import dev.ropewalk.ExecutionMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the running attempts of one execution report, at best effort: the latest fraction of each, and
/// the last messages. Safe for use by several threads.
final class LiveReports {

    private static final int MAX_MESSAGES = 1_000;

    private final Map<String, Double> fractions = new ConcurrentHashMap<>();
    private final ArrayDeque<ExecutionMessage> messages = new ArrayDeque<>();

    void progress(String path, double fraction) {
        fractions.put(path, fraction);
    }

    void ended(String path) {
        fractions.remove(path);
    }

    double fraction(String path) {
        return fractions.getOrDefault(path, 0.0);
    }

    synchronized void message(ExecutionMessage message) {
        if (messages.size() == MAX_MESSAGES) {
            messages.removeFirst();
        }
        messages.addLast(message);
    }

    synchronized List<ExecutionMessage> drainMessages() {
        List<ExecutionMessage> all = new ArrayList<>(messages);
        messages.clear();
        return all;
    }
}
