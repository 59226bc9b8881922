package dev.ropewalk.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What people say of a workflow, step or task.
///
/// @param name a title; may be empty
/// @param description may be empty
/// @param tags in the order written
/// @param metadata a JSON object of the author's own
public record Documentation(String name, String description, List<String> tags, Payload metadata) {

    public static final Documentation NONE = new Documentation("", "", List.of(), Payload.EMPTY_OBJECT);

    public Documentation {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        tags = List.copyOf(tags);
        if (!isMetadata(metadata)) {
            throw new IllegalArgumentException("metadata is a JSON object, and this is none: " + metadata);
        }
    }

    static boolean isMetadata(Payload value) {
        return JsonShape.of(value).equals(Optional.of(JsonShape.MAP));
    }
}
