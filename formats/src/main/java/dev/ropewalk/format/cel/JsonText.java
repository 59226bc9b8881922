package dev.ropewalk.format.cel;

import dev.ropewalk.value.Json;
import dev.ropewalk.value.ValueException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// `toJson` and `fromJson`.
final class JsonText {

    /// So many characters of JSON cost as much to read as one operation.
    private static final int CHARACTERS_A_UNIT = 4;

    private JsonText() {}

    static String write(@Nullable Object value, Run run) {
        Made.measureAll(value, run);
        try {
            return new String(Json.write(value, "the value"), StandardCharsets.UTF_8);
        } catch (ValueException e) {
            throw new Failure("toJson: " + e.message());
        }
    }

    static @Nullable Object read(String text, Run run) {
        run.spend(1 + text.length() / CHARACTERS_A_UNIT);
        try {
            return Json.read(text);
        } catch (ValueException e) {
            throw new Failure("fromJson: " + e.message());
        }
    }
}
