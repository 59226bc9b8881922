package dev.ropewalk.engine;

import dev.ropewalk.EngineException;
import dev.ropewalk.SubmitOptions;
import dev.ropewalk.engine.LoopInput.Answer;
import dev.ropewalk.engine.PreparedPlans.Prepared;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Store;
import dev.ropewalk.value.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes an [Admission] of what was submitted, and looks in the store whether its id or key is taken.
final class Admissions {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final int MAX_KEY = 256;

    private final Store store;
    private final WallClock clock;

    Admissions(Store store, WallClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// @throws EngineException `INVALID_ID`, `INVALID_KEY`, `INVALID_METADATA`
    Admission of(Prepared prepared, SubmitOptions options) {
        ExecutionPlan plan = prepared.plan();
        options.id().ifPresent(Admissions::checkId);
        options.idempotencyKey().ifPresent(Admissions::checkKey);
        List<String> tags = tags(plan, options);
        String metadata = metadata(plan, options);
        return new Admission(
                0,
                "",
                options.id().orElseGet(() -> Uuid7.next(clock.micros())),
                plan.name(),
                plan.version(),
                prepared.digest(),
                Optional.of(prepared.bytes()),
                options.idempotencyKey(),
                bodyDigest(prepared, tags, metadata),
                tags,
                metadata);
    }

    static Admission of(ExecutionRow row) {
        return new Admission(
                row.number(),
                row.namespace(),
                row.id(),
                row.workflow(),
                row.version(),
                row.planDigest(),
                Optional.empty(),
                row.idempotencyKey(),
                row.bodyDigest(),
                row.tags(),
                row.metadata());
    }

    /// What the store says to this admission; null if neither its id nor its key is taken.
    @Nullable
    Answer known(Admission wanted, boolean ownId) {
        if (wanted.idempotencyKey().isPresent()) {
            String key = wanted.idempotencyKey().get();
            ExecutionRow row = store.executionByKey(wanted.namespace(), key).orElse(null);
            if (row != null) {
                return sameBody(row, wanted) ? new Answer.Done(row.id(), true) : Refusals.keyTaken(key, row.id());
            }
        }
        if (!ownId) {
            return null;
        }
        ExecutionRow row = store.execution(wanted.namespace(), wanted.id()).orElse(null);
        if (row == null) {
            return null;
        }
        return sameBody(row, wanted) ? new Answer.Done(row.id(), true) : Refusals.idTaken(row.id());
    }

    private static boolean sameBody(ExecutionRow row, Admission wanted) {
        return Arrays.equals(row.bodyDigest(), wanted.bodyDigest());
    }

    private static void checkId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new EngineException(
                    "INVALID_ID",
                    "\"%s\" cannot be the id of an execution".formatted(shortened(id)),
                    "use 1 to 128 of the letters A to Z and a to z, digits, '.', '_' and '-'");
        }
    }

    private static void checkKey(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw new EngineException(
                    "INVALID_KEY",
                    "an idempotency key has 1 to %d characters, not %d".formatted(MAX_KEY, key.length()),
                    "use a shorter key, such as a hash of what identifies the work");
        }
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static List<String> tags(ExecutionPlan plan, SubmitOptions options) {
        if (options.tags().isEmpty()) {
            return plan.about().tags();
        }
        LinkedHashSet<String> tags = new LinkedHashSet<>(plan.about().tags());
        tags.addAll(options.tags());
        return new ArrayList<>(tags);
    }

    private static String metadata(ExecutionPlan plan, SubmitOptions options) {
        Payload own = options.metadata();
        if (own.equals(Payload.EMPTY_OBJECT)) {
            return plan.about().metadata().text();
        }
        Map<String, @Nullable Object> all =
                new LinkedHashMap<>(object(plan.about().metadata()));
        all.putAll(object(own));
        return new String(Json.write(all), StandardCharsets.UTF_8);
    }

    private static Map<String, @Nullable Object> object(Payload json) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        if (Json.read(json.bytes()) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> object.put(String.valueOf(key), value));
            return object;
        }
        throw new EngineException("INVALID_METADATA", "metadata must be a JSON object", "write {\"key\": \"value\"}");
    }

    private static byte[] bodyDigest(Prepared prepared, List<String> tags, String metadata) {
        MessageDigest sha256 = PreparedPlans.sha256();
        sha256.update(prepared.digest());
        for (String tag : tags) {
            sha256.update(tag.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
        }
        sha256.update((byte) 1);
        return sha256.digest(metadata.getBytes(StandardCharsets.UTF_8));
    }
}
