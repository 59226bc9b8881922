package dev.ropewalk.engine;

import dev.ropewalk.engine.LoopInput.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The questions to the loop that have no answer yet, so that none stays open when the log fails. Safe
/// for use by several threads.
final class Questions {

    /// A question and where its answer goes.
    record Question(long number, CompletableFuture<Answer> answer) {}

    private final AtomicLong lastNumber = new AtomicLong();
    private final Map<Long, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();

    Question open() {
        Question question = new Question(lastNumber.incrementAndGet(), new CompletableFuture<>());
        open.put(question.number(), question.answer());
        return question;
    }

    void close(Question question, Answer answer) {
        open.remove(question.number());
        question.answer().complete(answer);
    }

    void failAll(Throwable cause) {
        List<CompletableFuture<Answer>> all = List.copyOf(open.values());
        open.clear();
        all.forEach(answer -> answer.completeExceptionally(cause));
    }
}
