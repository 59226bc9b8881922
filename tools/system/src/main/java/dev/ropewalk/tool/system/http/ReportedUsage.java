package dev.ropewalk.tool.system.http;

import dev.ropewalk.tool.Usage;
import dev.ropewalk.tool.system.Fields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where an answer says what the call has used: JSON Pointers into its body. Services that speak the
/// protocol of OpenAI say it at `/usage/total_tokens`, so that is where it is looked for unless stated.
///
/// What an answer does not say, or not as a number from zero on, is not reported: then what was reserved
/// for the call counts as used. A call is never failed for that, because it has been made and paid for.
///
/// Source: RFC 6901, JavaScript Object Notation (JSON) Pointer.
record ReportedUsage(String tokens, Optional<String> cost) {

    static final String USUAL_TOKENS = "/usage/total_tokens";

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    static ReportedUsage of(Fields fields) {
        Map<String, @Nullable Object> usage = fields.map("usage");
        Optional<String> tokens = Optional.empty();
        Optional<String> cost = Optional.empty();
        for (Map.Entry<String, @Nullable Object> entry : usage.entrySet()) {
            Optional<String> pointer = pointer(fields, entry.getKey(), entry.getValue());
            switch (entry.getKey()) {
                case "tokens" -> tokens = pointer;
                case "cost" -> cost = pointer;
                default -> fields.problem("usage." + entry.getKey(), "is not known; there are tokens, cost");
            }
        }
        return new ReportedUsage(tokens.orElse(USUAL_TOKENS), cost);
    }

    private static Optional<String> pointer(Fields fields, String name, @Nullable Object value) {
        if (value instanceof String text && text.startsWith("/")) {
            return Optional.of(text);
        }
        fields.problem("usage." + name, "must be a JSON Pointer such as " + USUAL_TOKENS);
        return Optional.empty();
    }

    /// @param json the body of the answer
    List<Usage> in(@Nullable Object json) {
        long milliTokens = scaled(at(json, tokens), 3);
        long microCost = cost.map(pointer -> scaled(at(json, pointer), 6)).orElse(-1L);
        if (milliTokens < 0 && microCost < 0) {
            return List.of();
        }
        return milliTokens < 0
                ? List.of(new Usage(Usage.MONEY, "", 0, microCost))
                : List.of(new Usage(Usage.TOKENS, Usage.TOKENS, milliTokens, Math.max(0, microCost)));
    }

    /// Rounded up, so that nothing is free; -1 if it is not a number from zero on.
    private static long scaled(@Nullable Object value, int decimals) {
        if (!(value instanceof Number number) || (value instanceof Double inexact && !Double.isFinite(inexact))) {
            return -1;
        }
        BigDecimal exact = new BigDecimal(number.toString());
        if (exact.signum() < 0) {
            return -1;
        }
        // The exponent is bounded by the reader of JSON.
        BigDecimal scaled = exact.movePointRight(decimals).setScale(0, RoundingMode.CEILING);
        return scaled.min(MOST).longValueExact();
    }

    private static @Nullable Object at(@Nullable Object json, String pointer) {
        Object at = json;
        for (String token : pointer.substring(1).split("/", -1)) {
            String key = token.replace("~1", "/").replace("~0", "~");
            at = switch (at) {
                case Map<?, ?> map -> map.get(key);
                case List<?> list -> element(list, key);
                case null, default -> null;
            };
        }
        return at;
    }

    private static @Nullable Object element(List<?> list, String key) {
        boolean index = !key.isEmpty() && key.length() < 9 && key.chars().allMatch(c -> c >= '0' && c <= '9');
        return index && Integer.parseInt(key) < list.size() ? list.get(Integer.parseInt(key)) : null;
    }
}
