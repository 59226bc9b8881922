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
/// @param strategy the order of its ready tasks, such as `ADAPTIVE`, in place of what the plan says
public record SubmitOptions(
        Optional<String> id,
        Optional<String> idempotencyKey,
        List<String> tags,
        Payload metadata,
        Optional<String> strategy) {

    public static final SubmitOptions DEFAULT =
            new SubmitOptions(Optional.empty(), Optional.empty(), List.of(), Payload.EMPTY_OBJECT, Optional.empty());

    public SubmitOptions {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
        tags = List.copyOf(tags);
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(strategy, "strategy");
    }

    public SubmitOptions withId(String newId) {
        return new SubmitOptions(Optional.of(newId), idempotencyKey, tags, metadata, strategy);
    }

    public SubmitOptions withKey(String key) {
        return new SubmitOptions(id, Optional.of(key), tags, metadata, strategy);
    }

    public SubmitOptions withStrategy(String name) {
        return new SubmitOptions(id, idempotencyKey, tags, metadata, Optional.of(name));
    }
}
