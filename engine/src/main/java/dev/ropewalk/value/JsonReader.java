package dev.ropewalk.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON under limits. Safe for use by several threads.
///
/// Of several entries of a map with the same key the last counts. The bytes are UTF-8 and nothing
/// else: a guess at other encodings would be one more way to read the same bytes differently.
final class JsonReader {

    /// A double has at least so many exact decimal digits.
    private static final int EXACT_DIGITS = 15;

    /// Beyond, a number is not data but an attack on whoever calculates with it.
    private static final int MAX_EXPONENT_DIGITS = 4;

    private final JsonFactory factory;
    private final JsonLimits limits;

    JsonReader(JsonLimits limits) {
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxDepth())
                        .maxDocumentLength(limits.maxBytes())
                        .maxStringLength(limits.maxStringChars())
                        .maxNumberLength(limits.maxNumberChars())
                        .maxNameLength(limits.maxKeyChars())
                        .build())
                .build();
    }

    @Nullable
    Object read(byte[] utf8, int from, int length) {
        return parse(utf8, from, length, parser -> value(parser, next(parser)));
    }

    int[] starts(byte[] utf8) {
        return Objects.requireNonNull(parse(utf8, 0, utf8.length, JsonReader::starts));
    }

    private <T> @Nullable T parse(byte[] utf8, int from, int length, Function<JsonParser, @Nullable T> reading) {
        checkSize(length);
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), utf8, from, length)) {
            T value = reading.apply(parser);
            if (parser.nextToken() != null) {
                throw invalid(parser, "there is more after the value");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw new ValueException(
                    ValueException.VALUE_TOO_LARGE, "beyond a limit of JSON: " + e.getOriginalMessage(), e);
        } catch (JacksonException e) {
            throw new ValueException(
                    ValueException.INVALID_JSON,
                    "not JSON at byte %d: %s"
                            .formatted(Math.max(0, e.getLocation().getByteOffset()), e.getOriginalMessage()),
                    e);
        }
    }

    private static int[] starts(JsonParser parser) {
        if (next(parser) != JsonToken.START_ARRAY) {
            throw invalid(parser, "this is not a list");
        }
        IntStream.Builder starts = IntStream.builder();
        while (next(parser) != JsonToken.END_ARRAY) {
            starts.add((int) parser.currentTokenLocation().getByteOffset());
            parser.skipChildren();
        }
        return starts.build().toArray();
    }

    private void checkSize(long length) {
        if (length > limits.maxBytes()) {
            throw new ValueException(
                    ValueException.VALUE_TOO_LARGE,
                    "beyond a limit of JSON: %d bytes, at most %d are read".formatted(length, limits.maxBytes()));
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> map(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getBigIntegerValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw invalid(parser, "a value is missing");
        };
    }

    private static Map<String, @Nullable Object> map(JsonParser parser) {
        SequencedMap<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            map.put(key, value(parser, next(parser)));
        }
        return Collections.unmodifiableSequencedMap(map);
    }

    private static List<@Nullable Object> list(JsonParser parser) {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
            list.add(value(parser, token));
        }
        return Collections.unmodifiableList(list);
    }

    /// A double if it says exactly what is written, else the digits as they are.
    private static Number decimal(JsonParser parser) {
        String text = parser.getString();
        int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (exponent >= 0 && digits(text, exponent + 1) > MAX_EXPONENT_DIGITS) {
            throw new ValueException(
                    ValueException.VALUE_TOO_LARGE,
                    "beyond a limit of JSON: the exponent of a number has more than %d digits"
                            .formatted(MAX_EXPONENT_DIGITS));
        }
        double number = Double.parseDouble(text);
        if (exponent < 0 && text.length() <= EXACT_DIGITS) {
            return number;
        }
        BigDecimal exact = new BigDecimal(text);
        boolean same = Double.isFinite(number) && new BigDecimal(Double.toString(number)).compareTo(exact) == 0;
        return same ? (Number) number : exact;
    }

    private static int digits(String text, int from) {
        int start = from;
        while (start < text.length() && (text.charAt(start) < '1' || text.charAt(start) > '9')) {
            start++;
        }
        return text.length() - start;
    }

    private static JsonToken next(JsonParser parser) {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw invalid(parser, "the text ends before the value does");
        }
        return token;
    }

    private static ValueException invalid(JsonParser parser, String what) {
        return new ValueException(
                ValueException.INVALID_JSON,
                "not JSON at byte %d: %s"
                        .formatted(Math.max(0, parser.currentLocation().getByteOffset()), what));
    }
}
