package dev.ropewalk.tool.system.http;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolResult;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/// Sends one HTTP request and returns the answer.
final class HttpTool implements Tool {
    static final String NAME = "http";

    private static final int EXCERPT_BYTES = 2_000;

    /// Answers that the same request may not get again.
    private static final Set<Integer> RETRYABLE = Set.of(408, 425, 429, 500, 502, 503, 504);

    private static final ToolDescriptor DESCRIPTOR = new ToolDescriptor(
            NAME,
            "Sends an HTTP request and returns status, headers and body of the answer.",
            Optional.of(HttpSchema.INPUT),
            Optional.of(HttpSchema.OUTPUT),
            "1");

    private final HttpSettings settings;
    private final Connections connections;
    private final InstantSource clock;

    HttpTool(HttpSettings settings, Connections connections, InstantSource clock) {
        this.settings = settings;
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    public ToolDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ToolResult call(ToolCall call) throws ToolException, InterruptedException {
        HttpArguments arguments = HttpArguments.of(call.arguments(), settings);
        HttpExchange exchange = new HttpExchange(connections, call);
        try (ToolCall.Registration _ = call.onCancel(exchange::cancel);
                HttpExchange.Answer answer = exchange.send(arguments)) {
            AnswerReader reader = new AnswerReader(call, arguments);
            if (!arguments.isSuccess(answer.response().getCode())) {
                throw failure(answer, reader);
            }
            Map<String, @Nullable Object> result = reader.read(answer);
            return ToolResult.of(result).with(arguments.usage().in(result.get("json")));
        } catch (IOException e) {
            stopIfTold(exchange);
            throw HttpFailures.of(e, arguments.target());
        } catch (ToolException e) {
            stopIfTold(exchange);
            throw e;
        }
    }

    /// A connection that we broke off ourselves fails in many ways, and none of them is a failure.
    private static void stopIfTold(HttpExchange exchange) throws InterruptedException {
        if (Thread.interrupted() || exchange.isCancelled()) {
            throw new InterruptedException("http: told to stop");
        }
    }

    private ToolException failure(HttpExchange.Answer answer, AnswerReader reader) {
        ClassicHttpResponse response = answer.response();
        int status = response.getCode();
        String reason = response.getReasonPhrase();
        String message = "http: %s answered %d%s"
                .formatted(answer.target().shown(), status, reason == null || reason.isBlank() ? "" : " " + reason);
        Map<String, @Nullable Object> context = new LinkedHashMap<>();
        context.put("status", (long) status);
        context.put("url", answer.target().shown());
        context.put("body", reader.excerpt(answer, EXCERPT_BYTES));
        String code = "HTTP_" + status;
        ToolException failure = RETRYABLE.contains(status)
                ? ToolException.retryable(code, message)
                : ToolException.permanent(code, message);
        return retryAfter(response).map(failure::withRetryAfter).orElse(failure).withContext(context);
    }

    private Optional<Duration> retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Retry-After");
        return Optional.ofNullable(header)
                .flatMap(field -> RetryAfter.parse(field.getValue(), clock.instant(), settings.maxRetryAfter()));
    }
}
