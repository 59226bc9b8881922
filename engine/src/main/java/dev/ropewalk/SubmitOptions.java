package dev.ropewalk;

import dev.ropewalk.plan.Payload;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// How a plan is submitted.
///
/// @param id of the execution: letters, digits, `.`, `_`, `-`, at most 128; a UUIDv7 if it is left out
/// @param idempotencyKey submitting the same body with the same key again gives the same execution
/// @param tags beside those of the workflow
/// @param metadata a JSON object; its keys stand before those of the workflow
public record SubmitOptions(Optional<String> id, Optional<String> idempotencyKey, List<String> tags, Payload metadata) {

    public static final SubmitOptions DEFAULT =
            new SubmitOptions(Optional.empty(), Optional.empty(), List.of(), Payload.EMPTY_OBJECT);

    public SubmitOptions {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
        tags = List.copyOf(tags);
        Objects.requireNonNull(metadata, "metadata");
    }

    public SubmitOptions withId(String newId) {
        return new SubmitOptions(Optional.of(newId), idempotencyKey, tags, metadata);
    }

    public SubmitOptions withKey(String key) {
        return new SubmitOptions(id, Optional.of(key), tags, metadata);
    }
}
