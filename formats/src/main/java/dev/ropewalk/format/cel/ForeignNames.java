package dev.ropewalk.format.cel;

import dev.ropewalk.plan.DidYouMean;
import java.util.Map;

/// How other languages call what CEL has too.
final class ForeignNames {

    private static final Map<String, String> OURS = Map.ofEntries(
            Map.entry("length", "size(x)"),
            Map.entry("len", "size(x)"),
            Map.entry("count", "size(x)"),
            Map.entry("isEmpty", "size(x) == 0"),
            Map.entry("toUpperCase", "upperAscii"),
            Map.entry("toLowerCase", "lowerAscii"),
            Map.entry("upper", "upperAscii"),
            Map.entry("lower", "lowerAscii"),
            Map.entry("includes", "contains for strings, `in` for lists and maps"),
            Map.entry("has_key", "has(x.key)"),
            Map.entry("strip", "trim"),
            Map.entry("slice", "substring for strings, slice(from, to) for lists"),
            Map.entry("concat", "+"),
            Map.entry("toString", "string(x)"),
            Map.entry("str", "string(x)"),
            Map.entry("parseInt", "int(x)"),
            Map.entry("number", "double(x)"),
            Map.entry("float", "double(x)"),
            Map.entry("parseJson", "fromJson(x)"),
            Map.entry("toJSON", "toJson(x)"),
            Map.entry("some", "exists"),
            Map.entry("any", "exists"),
            Map.entry("every", "all"),
            Map.entry("keys", "x.map(k, k)"),
            Map.entry("values", "x.map(k, x[k])"),
            Map.entry("unique", "distinct"),
            Map.entry("range", "lists.range(n)"),
            Map.entry("max", "math.greatest"),
            Map.entry("min", "math.least"),
            Map.entry("abs", "math.abs"),
            Map.entry("round", "math.round"),
            Map.entry("floor", "math.floor"),
            Map.entry("ceil", "math.ceil"),
            Map.entry("now", "execution.startedAt; expressions have no clock"),
            Map.entry("timestamp", "strings: times in ISO-8601 compare as strings do"),
            Map.entry("duration", "integers of seconds"));

    private ForeignNames() {}

    static String remedy(String function) {
        String ours = OURS.get(function);
        return ours == null
                ? DidYouMean.remedy(function, Functions.names(), "see the functions in the plan reference")
                : "use " + ours;
    }
}
