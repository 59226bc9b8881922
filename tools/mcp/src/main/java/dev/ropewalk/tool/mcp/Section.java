package dev.ropewalk.tool.mcp;

import dev.ropewalk.plan.DidYouMean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One mapping of the configuration. What is missing has its default, what is wrong leaves a problem
/// and has its default too, so that reading goes on to the next problem.
final class Section {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KB|MB|GB|KiB|MiB|GiB)");

    private final String path;
    private final Map<String, @Nullable Object> values;
    private final Problems problems;

    Section(String path, Map<String, @Nullable Object> values, Problems problems) {
        this.path = path;
        this.values = values;
        this.problems = problems;
    }

    String path() {
        return path;
    }

    String path(String key) {
        return path + "." + key;
    }

    boolean has(String key) {
        return values.get(key) != null;
    }

    void allow(List<String> keys) {
        for (String key : values.keySet()) {
            if (!keys.contains(key)) {
                problems.add(
                        path(key),
                        "is not a setting here; "
                                + DidYouMean.remedy(key, keys, "there are " + String.join(", ", keys)));
            }
        }
    }

    Map<String, @Nullable Object> map(String key) {
        Object value = values.get(key);
        if (value instanceof Map<?, ?> map) {
            return strings(map);
        }
        if (value != null) {
            problems.add(path(key), "must be a mapping of names to values, not " + shown(value));
        }
        return Map.of();
    }

    /// The same map with its keys as text.
    static Map<String, @Nullable Object> strings(Map<?, ?> map) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }

    Optional<String> text(String key) {
        return read(key, String.class, text -> !text.isBlank(), "must be a text that is not empty");
    }

    boolean flag(String key, boolean otherwise) {
        return read(key, Boolean.class, _ -> true, "must be true or false").orElse(otherwise);
    }

    Duration duration(String key, Duration otherwise) {
        return read(
                        key,
                        String.class,
                        text -> DURATION.matcher(text).matches() && !text.matches("0+\\D+"),
                        "must be a duration longer than zero, like 500ms, 30s, 5m or 1h")
                .map(Section::duration)
                .orElse(otherwise);
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        matcher.matches();
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    int size(String key, int otherwise) {
        return read(
                        key,
                        String.class,
                        text -> bytes(text) >= 1024 && bytes(text) <= Messages.LARGEST,
                        "must be a size from 1KiB to 64MiB, like 16MiB")
                .map(text -> (int) bytes(text))
                .orElse(otherwise);
    }

    private static long bytes(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return 0;
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "B" -> amount;
            case "KB" -> amount * 1_000;
            case "MB" -> amount * 1_000_000;
            case "GB" -> amount * 1_000_000_000;
            case "KiB" -> amount << 10;
            case "MiB" -> amount << 20;
            default -> amount << 30;
        };
    }

    /// A list of at least one text.
    List<String> texts(String key) {
        Object value = values.get(key);
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> items
                && !items.isEmpty()
                && items.stream().allMatch(Section::isScalar)
                && !String.valueOf(items.getFirst()).isBlank()) {
            items.forEach(item -> texts.add(String.valueOf(item)));
        } else {
            String example = value instanceof String line
                    ? "[" + String.join(", ", line.strip().split("\\s+")) + "]"
                    : "[program, argument, …]";
            problems.add(path(key), "must be a list of texts: " + key + ": " + example);
        }
        return texts;
    }

    Map<String, String> textMap(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(key).forEach((name, value) -> {
            if (isScalar(value)) {
                texts.put(name, String.valueOf(value));
            } else {
                problems.add(path(key + "." + name), "must be a text");
            }
        });
        return texts;
    }

    private <T> Optional<T> read(String key, Class<T> type, Predicate<T> valid, String demand) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (type.isInstance(value) && valid.test(type.cast(value))) {
            return Optional.of(type.cast(value));
        }
        problems.add(path(key), demand + ", not " + shown(value));
        return Optional.empty();
    }

    private static boolean isScalar(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private static String shown(Object value) {
        return value instanceof String text
                ? "\"" + VisibleText.of(text, 80) + "\""
                : VisibleText.of(Objects.toString(value), 80);
    }
}
