package dev.ropewalk.tool.system.http;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.system.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The arguments of one call of `http`, checked.
///
/// @param headers as the plan gives them
/// @param success which answers are a success
/// @param maxBytes of the body after decompression
/// @param parse what the body becomes: `auto`, `json`, `text` or `base64`
/// @param usage where the answer says what the call has used
record HttpArguments(
        String method,
        Target target,
        List<HeaderField> headers,
        Optional<RequestBody> body,
        boolean followRedirects,
        List<StatusRange> success,
        long maxBytes,
        String parse,
        ReportedUsage usage) {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final List<String> PARSE = List.of("auto", "json", "text", "base64");

    /// Headers that say how the message is sent; a second voice in that would let one message be
    /// read as two (request smuggling).
    private static final Set<String> NOT_FOR_PLANS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "proxy-connection",
            "proxy-authorization");

    private static final StatusRange OK = new StatusRange(200, 299);
    private static final StatusRange OK_OR_REDIRECT = new StatusRange(200, 399);

    static HttpArguments of(Map<String, @Nullable Object> arguments, HttpSettings settings) throws ToolException {
        Fields fields = Fields.ofArguments(arguments);
        Optional<RequestBody> body = RequestBody.of(fields);
        String method = fields.choice("method", METHODS, body.isPresent() ? "POST" : "GET");
        Optional<Target> target = target(fields);
        String query = RequestBody.encode(fields, "query");
        List<HeaderField> headers = headers(fields);
        boolean follow = fields.flag("followRedirects", true);
        List<StatusRange> success = success(fields, follow);
        long maxBytes = maxBytes(fields, settings.maxResponseBytes());
        String parse = fields.choice("parse", PARSE, "auto");
        ReportedUsage usage = ReportedUsage.of(fields);
        fields.refuseOthers();
        fields.refuseArguments(HttpTool.NAME);
        return new HttpArguments(
                method, target.orElseThrow().withQuery(query), headers, body, follow, success, maxBytes, parse, usage);
    }

    private static Optional<Target> target(Fields fields) {
        Optional<String> url = fields.text("url");
        if (url.isEmpty() && !fields.has("url")) {
            fields.problem("url", "is missing");
        }
        return url.flatMap(text -> {
            try {
                return Optional.of(Target.of(text));
            } catch (IllegalArgumentException e) {
                fields.problem("url", String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }

    private static List<HeaderField> headers(Fields fields) {
        List<HeaderField> headers = new ArrayList<>();
        fields.map("headers").forEach((name, value) -> {
            String where = "headers." + name;
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
                fields.problem(where, "is not a name of a header");
            } else if (NOT_FOR_PLANS.contains(name.toLowerCase(Locale.ROOT))) {
                fields.problem(where, "is set by the client and cannot be given");
            } else if (value instanceof List<?> list) {
                list.forEach(element -> header(fields, where, name, element, headers));
            } else {
                header(fields, where, name, value, headers);
            }
        });
        return List.copyOf(headers);
    }

    private static void header(
            Fields fields, String where, String name, @Nullable Object value, List<HeaderField> headers) {
        fields.scalar(where, value).ifPresent(text -> {
            if (text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'))) {
                headers.add(new HeaderField(name, text));
            } else {
                fields.problem(where, "holds a character that no header can carry, such as a line break");
            }
        });
    }

    private static List<StatusRange> success(Fields fields, boolean follow) {
        if (!fields.has("successStatus")) {
            return List.of(follow ? OK : OK_OR_REDIRECT);
        }
        List<StatusRange> ranges = new ArrayList<>();
        for (Object value : fields.list("successStatus")) {
            StatusRange.of(value)
                    .ifPresentOrElse(
                            ranges::add,
                            () -> fields.problem(
                                    "successStatus",
                                    "must hold status codes from 100 to 599 or ranges such as \"200-299\""));
        }
        return List.copyOf(ranges);
    }

    private static long maxBytes(Fields fields, long limit) {
        long maxBytes = fields.size("maxBytes", limit);
        if (maxBytes > limit) {
            fields.problem(
                    "maxBytes",
                    "is above the limit of %d bytes that tools.http.maxResponseBytes sets".formatted(limit));
        }
        return maxBytes;
    }

    boolean isSuccess(int status) {
        return success.stream().anyMatch(range -> range.contains(status));
    }
}
