package dev.ropewalk.tool.system.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ropewalk.tool.Output;
import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.value.Json;
import dev.ropewalk.value.ValueException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/// Makes the result of a call out of an answer.
final class AnswerReader {
    private static final String COOKIES = "set-cookie";

    private final ToolCall call;
    private final HttpArguments arguments;

    AnswerReader(ToolCall call, HttpArguments arguments) {
        this.call = call;
        this.arguments = arguments;
    }

    Map<String, @Nullable Object> read(HttpExchange.Answer answer) throws IOException, ToolException {
        ClassicHttpResponse response = answer.response();
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("status", (long) response.getCode());
        result.put("headers", headers(response));
        ContentKind kind = kind(response);
        String parse = arguments.parse();
        if (parse.equals("json") || (parse.equals("auto") && kind.isJson() && mayHaveBody(response))) {
            putJson(result, response);
        } else if (parse.equals("base64") || (parse.equals("auto") && !kind.isText())) {
            result.put("body", base64(response));
            result.put("encoding", "base64");
        } else {
            result.put("body", text(response, kind));
        }
        result.put("url", answer.target().toString());
        return result;
    }

    /// The beginning of the body of an answer that is a failure. It only helps to understand the
    /// status, so a server that sends it drop by drop is not waited for.
    String excerpt(HttpExchange.Answer answer, int maxBytes) {
        Excerpt excerpt = new Excerpt(maxBytes);
        try {
            copy(answer.response(), excerpt);
        } catch (IOException | ToolException notAllOfIt) {
            // The status is the failure.
        }
        return excerpt.text(kind(answer.response()).charset());
    }

    /// Names in lower case. Several headers of one name are joined as RFC 9110, section 5.3,
    /// allows; only cookies may not be, and are always a list.
    private static Map<String, @Nullable Object> headers(ClassicHttpResponse response) {
        Map<String, @Nullable Object> headers = new LinkedHashMap<>();
        List<String> cookies = new ArrayList<>();
        for (Header header : response.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            String value = header.getValue() == null ? "" : header.getValue();
            if (name.equals(COOKIES)) {
                cookies.add(value);
            } else {
                headers.merge(name, value, (one, other) -> one + ", " + other);
            }
        }
        if (!cookies.isEmpty()) {
            headers.put(COOKIES, List.copyOf(cookies));
        }
        return headers;
    }

    private static ContentKind kind(ClassicHttpResponse response) {
        Header type = response.getFirstHeader("Content-Type");
        return ContentKind.of(type == null ? "" : type.getValue());
    }

    private static boolean mayHaveBody(ClassicHttpResponse response) {
        return response.getEntity() != null && response.getEntity().getContentLength() != 0;
    }

    private void copy(ClassicHttpResponse response, OutputStream sink) throws IOException, ToolException {
        if (response.getEntity() != null) {
            new LimitedBody(response.getEntity(), arguments.maxBytes())
                    .copyTo(sink, response.getHeaders("Content-Encoding"));
        }
    }

    private void putJson(Map<String, @Nullable Object> result, ClassicHttpResponse response)
            throws IOException, ToolException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        copy(response, body);
        if (body.size() == 0 && arguments.parse().equals("auto")) {
            result.put("body", "");
            return;
        }
        try {
            result.put("json", Json.read(body.toByteArray()));
        } catch (ValueException e) {
            throw ToolException.retryable(
                            "INVALID_OUTPUT",
                            "http: the body of the answer is %s; with parse: text it is returned as it is"
                                    .formatted(e.message()))
                    .causedBy(e)
                    .withContext(Map.of("status", (long) response.getCode()));
        }
    }

    private Output base64(ClassicHttpResponse response) throws IOException, ToolException {
        Output output = call.newOutput();
        try (OutputStream encoder = Base64.getEncoder().wrap(output.stream())) {
            copy(response, encoder);
        }
        if (output.truncated()) {
            throw ToolException.permanent(
                    "RESPONSE_TOO_LARGE",
                    "http: the body of the answer is larger than the engine keeps, and cut Base64 would be worthless");
        }
        return output;
    }

    private Output text(ClassicHttpResponse response, ContentKind kind) throws IOException, ToolException {
        Output output = call.newOutput();
        boolean asItIs = kind.charset().equals(UTF_8) || kind.charset().equals(US_ASCII);
        try (OutputStream sink = asItIs ? output.stream() : new Recoder(output.stream(), kind.charset())) {
            copy(response, sink);
        }
        return output;
    }
}
