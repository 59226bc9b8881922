package dev.ropewalk.engine;

import dev.ropewalk.ExecutionResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Who waits for the end of which execution. Safe for use by several threads.
final class Completions {

    private final Map<String, List<CompletableFuture<ExecutionResult>>> waiting = new ConcurrentHashMap<>();

    /// A future that [#complete] or [#fail] of the same id completes.
    CompletableFuture<ExecutionResult> waitFor(String id) {
        CompletableFuture<ExecutionResult> future = new CompletableFuture<>();
        waiting.compute(id, (_, futures) -> {
            List<CompletableFuture<ExecutionResult>> all = futures == null ? new CopyOnWriteArrayList<>() : futures;
            all.add(future);
            return all;
        });
        return future;
    }

    /// The future is no longer for this id; its holder completes it.
    void withdraw(String id, CompletableFuture<ExecutionResult> future) {
        waiting.computeIfPresent(id, (_, futures) -> {
            futures.removeIf(waits -> waits == future);
            return futures.isEmpty() ? null : futures;
        });
    }

    boolean isAwaited(String id) {
        return waiting.containsKey(id);
    }

    void complete(String id, ExecutionResult result) {
        take(id).forEach(future -> future.complete(result));
    }

    void fail(String id, Throwable cause) {
        take(id).forEach(future -> future.completeExceptionally(cause));
    }

    /// The engine ends: nobody will complete what is still waited for.
    void failAll(Throwable cause) {
        List.copyOf(waiting.keySet()).forEach(id -> fail(id, cause));
    }

    private List<CompletableFuture<ExecutionResult>> take(String id) {
        List<CompletableFuture<ExecutionResult>> futures = waiting.remove(id);
        return futures == null ? List.of() : futures;
    }
}
