package dev.ropewalk.store;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The newest messages of a [MemoryStore]; guarded by the store's lock.
final class MemoryMessages {
    private final TreeMap<Long, MessageRow> all = new TreeMap<>();
    private final Map<Long, ArrayDeque<Long>> byExecution = new HashMap<>();

    void add(List<MessageRow> rows) {
        for (MessageRow row : rows) {
            long number = row.number() != 0 ? row.number() : all.isEmpty() ? 1 : all.lastKey() + 1;
            all.put(
                    number,
                    new MessageRow(
                            number, row.execution(), row.taskPath(), row.attempt(), row.at(), row.level(), row.text()));
            ArrayDeque<Long> numbers = byExecution.computeIfAbsent(row.execution(), _ -> new ArrayDeque<>());
            numbers.add(number);
            if (numbers.size() > Store.MESSAGES_PER_EXECUTION) {
                all.remove(numbers.remove());
            }
            if (all.size() > Store.MESSAGES_OVERALL) {
                dropOldest();
            }
        }
    }

    private void dropOldest() {
        MessageRow oldest = all.pollFirstEntry().getValue();
        ArrayDeque<Long> numbers = byExecution.get(oldest.execution());
        if (numbers != null) {
            numbers.remove();
            if (numbers.isEmpty()) {
                byExecution.remove(oldest.execution());
            }
        }
    }

    List<MessageRow> of(long execution, Optional<String> taskPath, long afterNumber, int limit) {
        return byExecution.getOrDefault(execution, new ArrayDeque<>()).stream()
                .filter(number -> number > afterNumber)
                .map(all::get)
                .filter(row -> taskPath.isEmpty() || taskPath.equals(row.taskPath()))
                .limit(limit)
                .toList();
    }
}
