package dev.ropewalk.engine;

import dev.ropewalk.EngineException;
import dev.ropewalk.engine.LoopInput.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Questions to the loop. An answer is completed on a thread of its own, because what depends on it may
/// be anybody's code. Once the loop answers no more, no question stays open and none is taken. Safe for
/// use by several threads.
final class Questions {

    private final Inbox inbox;
    private final Executor callbacks;
    private final Map<Long, CompletableFuture<Answer>> open = new HashMap<>();
    private long lastNumber;
    private @Nullable EngineException ended;

    Questions(Inbox inbox, Executor callbacks) {
        this.inbox = inbox;
        this.callbacks = callbacks;
    }

    /// Asks for somebody outside: refused if too much waits already.
    ///
    /// @param question makes the input, given where the answer goes
    CompletableFuture<Answer> ask(Function<Consumer<Answer>, LoopInput> question) {
        return ask(question, inbox::offer);
    }

    /// Asks for the engine itself.
    CompletableFuture<Answer> askAnyway(Function<Consumer<Answer>, LoopInput> question) {
        return ask(question, input -> {
            inbox.put(input);
            return true;
        });
    }

    private CompletableFuture<Answer> ask(Function<Consumer<Answer>, LoopInput> question, Taking taking) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        long number;
        synchronized (this) {
            if (ended != null) {
                answer.completeExceptionally(ended);
                return answer;
            }
            number = ++lastNumber;
            open.put(number, answer);
        }
        if (!taking.take(question.apply(given -> callbacks.execute(() -> close(number, given))))) {
            close(number, Refusals.OVERLOADED);
        }
        return answer;
    }

    private interface Taking {
        boolean take(LoopInput input);
    }

    private void close(long number, Answer given) {
        CompletableFuture<Answer> answer;
        synchronized (this) {
            answer = open.remove(number);
        }
        if (answer != null) {
            answer.complete(given);
        }
    }

    /// Why the loop answers no more; empty while it does.
    synchronized Optional<EngineException> ended() {
        return Optional.ofNullable(ended);
    }

    /// From now on every question fails with this; the first cause stays.
    synchronized void end(EngineException cause) {
        if (ended == null) {
            ended = cause;
        }
    }

    /// Fails the questions that had no answer before the [#end].
    void failOpen() {
        List<CompletableFuture<Answer>> all;
        EngineException cause;
        synchronized (this) {
            all = List.copyOf(open.values());
            open.clear();
            cause = ended;
        }
        if (cause != null) {
            all.forEach(answer -> answer.completeExceptionally(cause));
        }
    }
}
