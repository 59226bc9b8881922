package dev.ropewalk.cli;

import dev.ropewalk.value.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A result on standard output, for people: a text as it is, anything else as JSON.
final class ResultText {

    private static final int MOST_CHARACTERS = 16_000;

    private final Terminal terminal;

    ResultText(Terminal terminal) {
        this.terminal = terminal;
    }

    /// @param executionId where a large result is to be had; empty to print it in any case
    void print(@Nullable Object result, String executionId) {
        if (result == null) {
            return;
        }
        String text = result instanceof String string ? string : new String(Json.write(result), StandardCharsets.UTF_8);
        if (text.length() > MOST_CHARACTERS && !executionId.isEmpty()) {
            terminal.err()
                    .println("  its result has %s; see `ropewalk result %s`"
                            .formatted(Words.count(text.length(), "character"), executionId));
            return;
        }
        terminal.out().print(PlainText.of(text));
        if (!text.endsWith("\n")) {
            terminal.out().println();
        }
        terminal.out().flush();
    }
}
