package dev.ropewalk.tool.system.http;

import dev.ropewalk.tool.system.Fields;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Status codes from `first` to `last`.
record StatusRange(int first, int last) {
    private static final Pattern RANGE = Pattern.compile("([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");

    /// A number, or text such as `200-299`.
    static Optional<StatusRange> of(@Nullable Object value) {
        if (value instanceof Number number && !Fields.isWhole(number, 100, 599)) {
            return Optional.empty();
        }
        String text = value instanceof Number number ? Integer.toString(number.intValue()) : String.valueOf(value);
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(matcher.group(1));
        return Optional.of(
                new StatusRange(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2))));
    }

    boolean contains(int status) {
        return first <= status && status <= last;
    }
}
