package dev.ropewalk.engine;

import dev.ropewalk.engine.LoopInput.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The executions in memory, by id and by idempotency key.
///
/// A submit asks the store first, on its own thread, whether its id or key is taken. An execution may
/// end and leave memory between that and the loop's look here. So the loop counts what it unloads and
/// remembers the last of them; a submit that asked the store before is told to ask again.
final class LiveExecutions {

    private static final int REMEMBERED = 100_000;

    private record Name(String namespace, String text) {}

    private record Gone(long index, Name id, @Nullable Name key) {}

    private final Map<Name, LiveExecution> byId = new LinkedHashMap<>();
    private final Map<Name, LiveExecution> byKey = new HashMap<>();
    private final ArrayDeque<Gone> gone = new ArrayDeque<>();
    private final Map<Name, Long> goneIds = new HashMap<>();
    private final Map<Name, Long> goneKeys = new HashMap<>();
    private long lastNumber;
    private long removed;
    private volatile long unloads;

    LiveExecutions(long lastNumber) {
        this.lastNumber = lastNumber;
    }

    long nextNumber() {
        return ++lastNumber;
    }

    /// How many were unloaded and have their ends in the store, so that who reads this first and then the
    /// store misses none; may be read from any thread.
    long unloads() {
        return unloads;
    }

    List<LiveExecution> all() {
        return new ArrayList<>(byId.values());
    }

    @Nullable
    LiveExecution find(String namespace, String id) {
        return byId.get(new Name(namespace, id));
    }

    void add(LiveExecution execution) {
        Admission admission = execution.admission();
        byId.put(new Name(admission.namespace(), admission.id()), execution);
        admission.idempotencyKey().ifPresent(key -> byKey.put(new Name(admission.namespace(), key), execution));
    }

    /// @return for [#endIsDurable]
    long remove(LiveExecution execution) {
        Admission admission = execution.admission();
        Name id = new Name(admission.namespace(), admission.id());
        Name key = admission
                .idempotencyKey()
                .map(text -> new Name(admission.namespace(), text))
                .orElse(null);
        byId.remove(id);
        long index = ++removed;
        gone.addLast(new Gone(index, id, key));
        goneIds.put(id, index);
        if (key != null) {
            byKey.remove(key);
            goneKeys.put(key, index);
        }
        if (gone.size() > REMEMBERED) {
            forget(gone.removeFirst());
        }
        return index;
    }

    /// The store knows of the end of an execution that was removed.
    void endIsDurable(long index) {
        unloads = index;
    }

    private void forget(Gone oldest) {
        goneIds.remove(oldest.id(), oldest.index());
        if (oldest.key() != null) {
            goneKeys.remove(oldest.key(), oldest.index());
        }
    }

    /// Why `wanted` is not accepted as new, or null if it is.
    @Nullable
    Answer refusal(Admission wanted, long checkedAt) {
        Name id = new Name(wanted.namespace(), wanted.id());
        LiveExecution sameId = byId.get(id);
        if (sameId != null) {
            return sameBody(sameId, wanted) ? new Answer.Done(wanted.id(), true) : Refusals.idTaken(wanted.id());
        }
        String keyText = wanted.idempotencyKey().orElse(null);
        if (keyText != null) {
            Name key = new Name(wanted.namespace(), keyText);
            LiveExecution sameKey = byKey.get(key);
            if (sameKey != null) {
                return sameBody(sameKey, wanted)
                        ? new Answer.Done(sameKey.admission().id(), true)
                        : Refusals.keyTaken(keyText, sameKey.admission().id());
            }
            if (goneKeys.getOrDefault(key, 0L) > checkedAt) {
                return new Answer.NotHere();
            }
        }
        return mayHaveLeft(wanted.namespace(), wanted.id(), checkedAt) ? new Answer.NotHere() : null;
    }

    /// Whether an execution may have left memory since the store was asked about it.
    boolean mayHaveLeft(String namespace, String id, long checkedAt) {
        boolean forgotten = !gone.isEmpty() && gone.getFirst().index() > checkedAt + 1;
        return forgotten || goneIds.getOrDefault(new Name(namespace, id), 0L) > checkedAt;
    }

    private static boolean sameBody(LiveExecution execution, Admission wanted) {
        return Arrays.equals(execution.admission().bodyDigest(), wanted.bodyDigest());
    }
}
