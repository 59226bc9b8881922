package dev.ropewalk.tool.system.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ropewalk.tool.system.Fields;
import dev.ropewalk.value.Json;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a request carries.
///
/// @param text sent as UTF-8
/// @param contentType unless the plan gives its own
record RequestBody(String text, String contentType) {

    /// One of `json`, `text` and `form`, or none.
    static Optional<RequestBody> of(Fields fields) {
        List<RequestBody> bodies = new ArrayList<>();
        if (fields.has("json")) {
            String json = new String(Json.write(fields.value("json"), "with.json"), UTF_8);
            bodies.add(new RequestBody(json, "application/json"));
        }
        fields.text("text").ifPresent(text -> bodies.add(new RequestBody(text, "text/plain; charset=utf-8")));
        if (fields.has("form")) {
            bodies.add(new RequestBody(encode(fields, "form"), "application/x-www-form-urlencoded"));
        }
        if (bodies.size() > 1) {
            fields.problem("json", "and the other bodies, text and form, exclude each other; give one of them");
        }
        return bodies.stream().findFirst();
    }

    /// The map `name` as `a=1&b=2`; a list gives one pair for each element.
    static String encode(Fields fields, String name) {
        List<String> pairs = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object> entry : fields.map(name).entrySet()) {
            if (entry.getValue() instanceof List<?> list) {
                list.forEach(value -> add(fields, name, entry.getKey(), value, pairs));
            } else {
                add(fields, name, entry.getKey(), entry.getValue(), pairs);
            }
        }
        return String.join("&", pairs);
    }

    private static void add(Fields fields, String name, String key, @Nullable Object value, List<String> pairs) {
        fields.scalar(name + "." + key, value).ifPresent(text -> pairs.add(percent(key) + "=" + percent(text)));
    }

    private static String percent(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
