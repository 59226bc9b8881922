package dev.ropewalk.testkit.store;

import dev.ropewalk.store.ExecutionQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An [ExecutionQuery], one condition at a time.
final class SampleQuery {
    private String namespace = "";
    private List<String> statuses = List.of();
    private Optional<String> workflow = Optional.empty();
    private List<String> tags = List.of();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private String idPrefix = "";
    private long beforeNumber;
    private int limit = 100;

    SampleQuery namespace(String text) {
        namespace = text;
        return this;
    }

    SampleQuery statuses(String... names) {
        statuses = List.of(names);
        return this;
    }

    SampleQuery workflow(String name) {
        workflow = Optional.of(name);
        return this;
    }

    SampleQuery tags(String... texts) {
        tags = List.of(texts);
        return this;
    }

    SampleQuery metadata(String key, String text) {
        metadata.put(key, text);
        return this;
    }

    SampleQuery idPrefix(String text) {
        idPrefix = text;
        return this;
    }

    SampleQuery beforeNumber(long number) {
        beforeNumber = number;
        return this;
    }

    SampleQuery limit(int count) {
        limit = count;
        return this;
    }

    ExecutionQuery build() {
        return new ExecutionQuery(namespace, statuses, workflow, tags, metadata, idPrefix, beforeNumber, limit);
    }
}
