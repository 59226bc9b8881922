package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolCall;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A request that waits for its answer.
final class PendingRequest {
    private final String token;
    private final @Nullable ToolCall call;
    private final CompletableFuture<Map<String, @Nullable Object>> answer = new CompletableFuture<>();
    private volatile @Nullable String id;
    private volatile long lastSign = System.nanoTime();
    private volatile double fraction;

    /// @param token identifies the request in progress notifications
    /// @param call the attempt for which it is made, if it is one
    PendingRequest(String token, @Nullable ToolCall call) {
        this.token = token;
        this.call = call;
    }

    String token() {
        return token;
    }

    Optional<ToolCall> call() {
        return Optional.ofNullable(call);
    }

    /// The id under which it was sent; empty before that.
    Optional<String> id() {
        return Optional.ofNullable(id);
    }

    void sentAs(String sentId) {
        id = sentId;
    }

    /// With a result or a failure, one of the two.
    void settle(@Nullable Map<String, @Nullable Object> result, @Nullable Throwable failure) {
        if (result != null) {
            answer.complete(result);
        } else if (failure != null) {
            answer.completeExceptionally(failure);
        }
    }

    void failed(Throwable failure) {
        answer.completeExceptionally(failure);
    }

    /// @return false if it had ended before
    boolean cancelled() {
        return answer.cancel(false);
    }

    boolean isOpen() {
        return !answer.isDone();
    }

    /// The server works on it: the time of its silence starts again.
    void signOfLife() {
        lastSign = System.nanoTime();
    }

    /// @param done how much is done, or NaN if the server does not say
    void progress(double done, String message) {
        signOfLife();
        if (call != null && isOpen()) {
            fraction = Double.isFinite(done) ? Math.clamp(done, 0, 1) : fraction;
            call.progress(fraction, message);
        }
    }

    /// @throws TimeoutException if the server was silent for `silence`
    /// @throws ExecutionException with the failure of the request
    /// @throws java.util.concurrent.CancellationException if it was cancelled
    Map<String, @Nullable Object> await(Duration silence)
            throws InterruptedException, TimeoutException, ExecutionException {
        while (true) {
            long left = silence.toNanos() - (System.nanoTime() - lastSign);
            try {
                return answer.get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - lastSign >= silence.toNanos()) {
                    throw e;
                }
            }
        }
    }
}
