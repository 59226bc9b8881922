package dev.ropewalk.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What plans, steps and tasks have in common: words for people.
///
/// @param <B> the builder itself
public abstract sealed class DocumentedBuilder<B extends DocumentedBuilder<B>>
        permits PlanBuilder, StepBuilder, TaskBuilder {

    private String title = "";
    private String description = "";
    private final List<String> tags = new ArrayList<>();
    private final Map<String, Payload> metadata = new LinkedHashMap<>();

    DocumentedBuilder() {}

    abstract B self();

    /// A name for people; ids are for references.
    public B title(String text) {
        title = text;
        return self();
    }

    public B description(String text) {
        description = text;
        return self();
    }

    /// Adds tags.
    public B tags(String... more) {
        tags.addAll(List.of(more));
        return self();
    }

    /// Adds a fact of your own; see [Values] for what `value` may be, expressions excluded.
    public B metadata(String key, @Nullable Object value) {
        metadata.put(key, Values.json(value, Location.ROOT.key("metadata").key(key)));
        return self();
    }

    Documentation documentation() {
        return new Documentation(title, description, tags, Values.json(metadata));
    }
}
