package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/// What an HTTP status from 300 on means for a call.
final class HttpRefusal {
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);
    private static final int SHOWN_BYTES = 2_000;

    private final ServerSettings server;

    HttpRefusal(ServerSettings server) {
        this.server = server;
    }

    /// @param inSession whether the request named a session
    ToolException of(ClassicHttpResponse response, boolean inSession) throws IOException {
        int status = response.getCode();
        String said = start(response);
        // 404 is what the protocol demands; servers in the manner of the SDK's examples say 400.
        boolean ofSession =
                status == 404 || (status == 400 && said.toLowerCase(Locale.ROOT).contains("session"));
        if (inSession && ofSession) {
            return Failures.sessionLost(server.name());
        }
        String problem = "it answered with HTTP status %d%s%s".formatted(status, remedy(response), shown(said));
        ToolException failure = Failures.httpStatus(server.name(), status, WORTH_ANOTHER_TRY.contains(status), problem);
        return delay(response).map(failure::withRetryAfter).orElse(failure);
    }

    private static String start(ClassicHttpResponse response) throws IOException {
        if (response.getEntity() == null) {
            return "";
        }
        try (InputStream body = response.getEntity().getContent()) {
            return new String(body.readNBytes(SHOWN_BYTES), StandardCharsets.UTF_8);
        }
    }

    private static String shown(String said) {
        return said.isBlank() ? "" : ": " + VisibleText.line(said, 500);
    }

    private String remedy(ClassicHttpResponse response) {
        int status = response.getCode();
        if (status == 401 || status == 403) {
            return " (credentials belong into " + server.path("headers") + ")";
        }
        Header location = response.getFirstHeader(HttpHeaders.LOCATION);
        return status < 400 && location != null
                ? " to %s (redirects are not followed; put the right address into %s)"
                        .formatted(VisibleText.line(String.valueOf(location.getValue()), 200), server.path("url"))
                : "";
    }

    private static Optional<Duration> delay(ClassicHttpResponse response) {
        Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        String value = header == null || header.getValue() == null
                ? ""
                : header.getValue().strip();
        if (value.matches("\\d{1,9}")) {
            return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(value))));
        }
        return Optional.ofNullable(DateUtils.parseStandardDate(value))
                .map(date -> bounded(Duration.between(Instant.now(), date)));
    }

    private static Duration bounded(Duration delay) {
        return delay.isNegative() ? Duration.ZERO : delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }
}
