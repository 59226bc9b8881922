package dev.ropewalk.value;

import dev.ropewalk.plan.Payload;
import dev.ropewalk.tool.Output;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes one value as JSON. Not safe for use by several threads.
///
/// Our own and not the library's, because it must never fail on text: a lone surrogate, which a tool
/// may well return, is written as an escape and read back as it was. And the output of a tool is
/// copied from its file into the string chunk by chunk, however the chunks cut its characters.
final class JsonWriter {

    private final JsonText text;
    private final JsonLimits limits;
    private final boolean sorted;

    /// @param sorted whether maps are written in the order of their keys, not in their own
    JsonWriter(OutputStream out, JsonLimits limits, boolean sorted) {
        this.text = new JsonText(out);
        this.limits = limits;
        this.sorted = sorted;
    }

    /// @param root what the path of a refused value starts with
    void write(@Nullable Object value, String root) throws IOException {
        try {
            write(value, 0);
        } catch (Unwritable e) {
            throw new ValueException(e.code, root + e.path + ": " + e.getMessage());
        }
        text.flush();
    }

    private void write(@Nullable Object value, int depth) throws IOException {
        switch (value) {
            case null -> text.raw("null");
            case String string -> text.string(string);
            case Boolean bool -> text.raw(bool ? "true" : "false");
            case Number number -> text.raw(number(number));
            case Map<?, ?> map -> map(map, deeper(depth));
            case SequencedCollection<?> list -> list(list, deeper(depth));
            case Collection<?> unordered ->
                throw new Unwritable(
                        ValueException.INVALID_VALUE,
                        unordered.getClass().getTypeName() + " has no order; return a list");
            case Output output -> output(output);
            case Payload payload -> payload(payload, depth);
            case Enum<?> constant -> text.string(constant.name());
            case Instant time -> text.string(time.toString());
            case Duration duration -> text.string(duration.toString());
            default ->
                throw new Unwritable(
                        ValueException.INVALID_VALUE,
                        value.getClass().getTypeName()
                                + " is not a JSON value; return a map, list, string, number, boolean or null");
        }
    }

    private int deeper(int depth) {
        if (depth == limits.maxDepth()) {
            throw new Unwritable(
                    ValueException.VALUE_TOO_LARGE,
                    "nested deeper than %d levels; does a map or list contain itself?".formatted(limits.maxDepth()));
        }
        return depth + 1;
    }

    private static String number(Number number) {
        return switch (number) {
            case Long _, Integer _, Short _, Byte _, BigInteger _, BigDecimal _ -> number.toString();
            case Double d when Double.isFinite(d) -> number.toString();
            case Float f when Float.isFinite(f) -> number.toString();
            case Double _, Float _ ->
                throw new Unwritable(
                        ValueException.INVALID_VALUE, number + " is not a number in JSON; return null or a string");
            default ->
                throw new Unwritable(
                        ValueException.INVALID_VALUE,
                        number.getClass().getTypeName() + " is not a number in JSON; return its longValue()");
        };
    }

    private void map(Map<?, ?> map, int depth) throws IOException {
        for (Object key : map.keySet()) {
            if (!(key instanceof String)) {
                throw new Unwritable(
                        ValueException.INVALID_VALUE,
                        "the key %s is not a string; the keys of a map must be".formatted(key));
            }
        }
        Map<?, ?> entries = sorted && map.size() > 1 ? new TreeMap<>(map) : EntryOrder.of(map);
        char separator = '{';
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            text.raw(separator);
            separator = ',';
            String name = (String) entry.getKey();
            text.key(name);
            text.raw(':');
            try {
                write(entry.getValue(), depth);
            } catch (Unwritable e) {
                e.inKey(name);
                throw e;
            }
        }
        text.raw(separator == '{' ? "{}" : "}");
    }

    private void list(SequencedCollection<?> list, int depth) throws IOException {
        int index = 0;
        for (Object item : list) {
            text.raw(index == 0 ? '[' : ',');
            try {
                write(item, depth);
            } catch (Unwritable e) {
                e.inItem(index);
                throw e;
            }
            index++;
        }
        text.raw(index == 0 ? "[]" : "]");
    }

    private void payload(Payload payload, int depth) throws IOException {
        if (!payload.contentType().equals(Payload.JSON)) {
            throw new Unwritable(
                    ValueException.INVALID_VALUE,
                    "a payload of %s is not a JSON value; return its text".formatted(payload.contentType()));
        }
        try {
            write(Json.read(payload.bytes()), depth);
        } catch (ValueException e) {
            throw new Unwritable(e.code(), e.message());
        }
    }

    private void output(Output output) throws IOException {
        text.raw('"');
        char[] chunk = new char[4096];
        try (Reader reader = new InputStreamReader(output.open(), StandardCharsets.UTF_8)) {
            for (int length = reader.read(chunk); length >= 0; length = reader.read(chunk)) {
                text.part(chunk, length);
            }
        }
        String mark = TruncationMark.of(output);
        text.part(mark.toCharArray(), mark.length());
        text.endOfParts();
        text.raw('"');
    }

    /// A value was refused; on its way out the exception learns where that was.
    private static final class Unwritable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final int MAX_PATH = 1_000;

        private final String code;
        private final StringBuilder path = new StringBuilder();

        Unwritable(String code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        void inKey(String key) {
            boolean plain = !key.isEmpty() && key.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c));
            prepend(plain ? "." + key : "[\"" + key + "\"]");
        }

        void inItem(int index) {
            prepend("[" + index + "]");
        }

        private void prepend(String place) {
            if (path.length() + place.length() <= MAX_PATH) {
                path.insert(0, place);
            }
        }
    }
}
