package dev.ropewalk.engine;

import dev.ropewalk.engine.LoopInput.Answer.Refused;

/// The refusals that more than one place gives.
final class Refusals {

    static final Refused STORAGE_FULL = new Refused(
            "STORAGE_FULL", "the store has no space left", "free space on its device; nothing accepted is lost");

    static final Refused OVERLOADED = new Refused(
            "OVERLOADED", "too many requests wait for an answer", "try again later, or raise inboxCapacity");

    static final Refused QUARANTINED = new Refused(
            "QUARANTINED", "the engine failed when it accepted the plan", "the others go on; please report it");

    private Refusals() {}

    static Refused idTaken(String id) {
        return new Refused(
                "EXECUTION_EXISTS",
                "there is an execution \"%s\" of something else".formatted(id),
                "choose another id, or leave it out");
    }

    static Refused keyTaken(String key, String id) {
        return new Refused(
                "IDEMPOTENCY_CONFLICT",
                "the idempotency key \"%s\" was used for execution %s with another plan or other variables"
                        .formatted(key, id),
                "use a new key for new work");
    }
}
