package dev.ropewalk.tool.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ropewalk.plan.DidYouMean;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.value.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads typed values out of JSON-like fields and collects everything that is wrong with them.
///
/// Each method answers with a harmless value when the field is not valid, so that reading goes on
/// and all problems are found; ask [#problems()] before using any of the answers. Problems of
/// settings show the value found; those of arguments only its type, because an argument may hold a
/// secret.
public final class Fields {
    private static final int MOST_PROBLEMS = 20;

    private final String path;
    private final boolean showValues;
    private final Map<String, @Nullable Object> values;
    private final Set<String> known = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    private Fields(String path, boolean showValues, Map<String, @Nullable Object> values) {
        this.path = path;
        this.showValues = showValues;
        this.values = values;
    }

    /// What a plan gives to a tool under `with`.
    public static Fields ofArguments(Map<String, @Nullable Object> arguments) {
        return new Fields("with", false, arguments);
    }

    /// What the configuration says for `family`.
    public static Fields ofSettings(String family, Map<String, @Nullable Object> settings) {
        return new Fields("tools." + family, true, settings);
    }

    /// Whether the field is there and not null.
    public boolean has(String name) {
        return value(name) != null;
    }

    public @Nullable Object value(String name) {
        known.add(name);
        return values.get(name);
    }

    public Optional<String> text(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Object other -> refuse(name, other, "text", Optional.empty());
        };
    }

    public boolean flag(String name, boolean otherwise) {
        return switch (value(name)) {
            case null -> otherwise;
            case Boolean flag -> flag;
            case Object other -> refuse(name, other, "true or false", otherwise);
        };
    }

    public long number(String name, long least, long most, long otherwise) {
        Object value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Number number) || !isWhole(number, least, most)) {
            return refuse(name, value, "a whole number from %d to %d".formatted(least, most), otherwise);
        }
        return number.longValue();
    }

    /// Whether the number has no fraction and is within the bounds.
    public static boolean isWhole(Number number, long least, long most) {
        if (number instanceof Double inexact && !Double.isFinite(inexact)) {
            return false;
        }
        BigDecimal exact = new BigDecimal(number.toString());
        return exact.stripTrailingZeros().scale() <= 0
                && exact.compareTo(BigDecimal.valueOf(least)) >= 0
                && exact.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    /// A duration longer than zero, such as `500ms` or `10s`.
    public Duration duration(String name, Duration otherwise) {
        Object value = value(name);
        return value == null
                ? otherwise
                : Optional.of(value)
                        .map(String::valueOf)
                        .flatMap(Units::duration)
                        .orElseGet(() -> refuse(name, value, "a duration such as 500ms, 10s or 5m", otherwise));
    }

    /// A size in bytes, at least 1, such as `64KiB`; a plain number counts bytes.
    public long size(String name, long otherwise) {
        Object value = value(name);
        return switch (value) {
            case null -> otherwise;
            case Number number when isWhole(number, 1, Long.MAX_VALUE) -> number.longValue();
            case Object other ->
                Units.bytes(other.toString())
                        .orElseGet(() -> refuse(name, other, "a size such as 64KiB or 10MiB", otherwise));
        };
    }

    /// A list, empty if the field is not there.
    public List<@Nullable Object> list(String name) {
        return switch (value(name)) {
            case null -> List.of();
            case List<?> list -> new ArrayList<@Nullable Object>(list);
            case Object other -> {
                problem(name, mustBe(other, "a list"));
                yield List.of();
            }
        };
    }

    /// A list of texts; numbers and true or false are taken as they are written.
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        List<@Nullable Object> list = list(name);
        for (int i = 0; i < list.size(); i++) {
            scalar(name + "[" + i + "]", list.get(i)).ifPresent(texts::add);
        }
        return List.copyOf(texts);
    }

    /// A map, empty if the field is not there.
    public Map<String, @Nullable Object> map(String name) {
        Object value = value(name);
        if (value == null) {
            return Map.of();
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> copy.put(String.valueOf(key), entry));
        } else {
            problem(name, mustBe(value, "a map"));
        }
        return copy;
    }

    /// `value`, found at `name`, as the text that it is written with.
    public Optional<String> scalar(String name, @Nullable Object value) {
        return switch (value) {
            case String text -> Optional.of(text);
            case Number number -> Optional.of(number.toString());
            case Boolean flag -> Optional.of(flag.toString());
            case null, default -> refuse(name, value, "text, a number, true or false", Optional.empty());
        };
    }

    /// One of the words that `choices` holds.
    public String choice(String name, List<String> choices, String otherwise) {
        return text(name)
                .map(text -> choices.contains(text)
                        ? text
                        : refuse(name, text, "one of " + String.join(", ", choices), otherwise))
                .orElse(otherwise);
    }

    /// Notes what is wrong with the field `name`.
    public void problem(String name, String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(path + "." + name + " " + what);
        }
    }

    /// Notes each field that nobody asked for.
    public void refuseOthers() {
        values.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problem(
                        name,
                        "is not known; " + DidYouMean.remedy(name, known, "there are " + DidYouMean.list(known))));
    }

    /// The first problems found so far, in the order of reading.
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /// @throws ToolException with all problems, if there are any
    public void refuseArguments(String tool) throws ToolException {
        if (!problems.isEmpty()) {
            throw ToolException.permanent("INVALID_ARGUMENTS", tool + ": " + String.join("; ", problems));
        }
    }

    /// @throws IllegalArgumentException with all problems, if there are any
    public void refuseSettings() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private <T> T refuse(String name, @Nullable Object value, String wanted, T otherwise) {
        problem(name, mustBe(value, wanted));
        return otherwise;
    }

    private String mustBe(@Nullable Object value, String wanted) {
        return "is " + (showValues ? new String(Json.write(value), UTF_8) : typeOf(value)) + " but must be " + wanted;
    }

    private static String typeOf(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "text";
            case Number _ -> "a number";
            case Boolean _ -> "true or false";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "a map";
            case Object other -> "a " + other.getClass().getSimpleName();
        };
    }
}
