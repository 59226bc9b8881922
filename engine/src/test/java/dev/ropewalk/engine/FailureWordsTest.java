package dev.ropewalk.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.execution.Failure;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.secret.SecretSource;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.value.Secrets;
import dev.ropewalk.value.ValueException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FailureWordsTest {

    private final FailureWords words = new FailureWords(new Secrets(SecretSource.ofEnvironment(Map.of())));

    @Test
    void an_attempt_s_exception_says_whether_another_attempt_may_succeed() {
        assertThat(words.ofAttempt(new InterruptedException()).code()).isEqualTo("INTERRUPTED");
        assertThat(words.ofAttempt(new ExpressionException("no such key")))
                .isEqualTo(Failure.permanent("EXPRESSION", "no such key"));
        assertThat(words.ofAttempt(new ValueException(ValueException.INVALID_VALUE, "an object")))
                .isEqualTo(Failure.permanent("INVALID_VALUE", "an object"));
        assertThat(words.ofAttempt(new StoreException(StoreException.Kind.FULL, "no space")))
                .satisfies(failure -> assertThat(failure.retryable()).isTrue());
        assertThat(words.ofAttempt(new IOException())).isEqualTo(Failure.retryable("IO", "IOException"));
        assertThat(words.ofAttempt(new IllegalStateException("odd")))
                .isEqualTo(Failure.retryable("TOOL_ERROR", "IllegalStateException: odd"));
        assertThat(words.ofAttempt(new IllegalStateException()))
                .isEqualTo(Failure.retryable("TOOL_ERROR", "IllegalStateException"));
    }

    @Test
    void an_error_is_a_failure_like_any_other_and_permanent_unless_the_machine_is_short_of_something() {
        assertThat(words.ofAttempt(new NoClassDefFoundError("a/B")))
                .isEqualTo(Failure.permanent("TOOL_ERROR", "NoClassDefFoundError: a/B"));
        assertThat(words.ofAttempt(new StackOverflowError()).retryable()).isFalse();
        assertThat(words.ofAttempt(new OutOfMemoryError("heap")))
                .isEqualTo(Failure.retryable("TOOL_ERROR", "OutOfMemoryError: heap"));
    }

    @Test
    void what_a_tool_says_of_its_failure_is_kept_unless_it_cannot_be_written() {
        ToolException known = ToolException.retryable("HTTP_503", "busy")
                .withContext(Map.of("status", 503))
                .withRetryAfter(Duration.ofMillis(1_500));
        ToolException odd = ToolException.permanent("X", "y").withContext(Map.of("thread", new Object()));

        assertThat(words.ofAttempt(known))
                .isEqualTo(new Failure("HTTP_503", "busy", true, 1_500_000, Payload.json("{\"status\":503}")));
        assertThat(words.ofAttempt(odd)).isEqualTo(Failure.permanent("X", "y"));
    }

    @Test
    void an_evaluation_fails_for_good_and_says_what_was_evaluated() {
        assertThat(words.ofEvaluation("the plan's result: ", new ExpressionException("no such key")))
                .isEqualTo(Failure.permanent("EXPRESSION", "the plan's result: no such key"));
        assertThat(words.ofEvaluation("", new ValueException(ValueException.VALUE_TOO_LARGE, "much")))
                .isEqualTo(Failure.permanent("VALUE_TOO_LARGE", "much"));
        assertThat(words.ofEvaluation("", new StoreException(StoreException.Kind.CORRUPT, "gone")))
                .isEqualTo(Failure.permanent("STORE_CORRUPT", "gone"));
        assertThat(words.ofEvaluation("", new IOException("disk"))).isEqualTo(Failure.permanent("IO", "disk"));
        assertThat(words.ofEvaluation("", new AssertionError("bug")))
                .isEqualTo(Failure.permanent("INTERNAL", "AssertionError: bug"));
    }

    @Test
    void a_message_is_cut_with_a_mark_and_never_within_a_character() {
        String long_text = "x".repeat(FailureWords.MAX_MESSAGE_CHARS - 1) + "🪢".repeat(10);

        String message = words.ofAttempt(new IOException(long_text)).message();

        assertThat(message)
                .startsWith("x".repeat(FailureWords.MAX_MESSAGE_CHARS - 1) + "…")
                .endsWith("… [4115 characters in all]");
        String fits = "y".repeat(FailureWords.MAX_MESSAGE_CHARS);
        assertThat(words.ofAttempt(new IOException(fits)).message()).isEqualTo(fits);
        assertThat(words.ofAttempt(new IOException(fits + "z")).message())
                .isEqualTo(fits + "… [4097 characters in all]");
    }

    @Test
    void an_exception_that_cannot_say_what_it_is_is_called_by_its_name() {
        assertThat(words.ofAttempt(new Speechless())).isEqualTo(Failure.retryable("TOOL_ERROR", "Speechless"));
    }

    @Test
    void only_what_the_whole_machine_suffers_from_is_thrown_on() {
        assertThatThrownBy(() -> FailureWords.rethrowIfFatal(new OutOfMemoryError("heap")))
                .isInstanceOf(OutOfMemoryError.class);
        assertThatCode(() -> {
                    FailureWords.rethrowIfFatal(new StackOverflowError());
                    FailureWords.rethrowIfFatal(new LinkageError());
                    FailureWords.rethrowIfFatal(null);
                })
                .doesNotThrowAnyException();
    }

    private static final class Speechless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("nothing to say");
        }
    }
}
