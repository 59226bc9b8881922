package dev.ropewalk.tool.system.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.net.URIAuthority;

/// One call on the wire: the request, those that redirects ask for, and the last answer. It can be
/// cut off from another thread at any time.
final class HttpExchange {
    private static final int MOST_REDIRECTS = 5;

    private final Connections connections;
    private final ToolCall call;
    private Optional<HttpUriRequestBase> current = Optional.empty();
    private boolean cancelled;

    HttpExchange(Connections connections, ToolCall call) {
        this.connections = connections;
        this.call = call;
    }

    /// An answer whose body has not been read.
    record Answer(Target target, HttpUriRequestBase request, ClassicHttpResponse response) implements AutoCloseable {

        /// Breaks the connection off if the body was not read to its end. Only closing the answer
        /// would read the rest first, however long that takes.
        @Override
        public void close() {
            request.cancel();
            try {
                response.close();
            } catch (IOException e) {
                // What there was to know has been read.
            }
        }
    }

    Answer send(HttpArguments arguments) throws IOException, ToolException {
        Hop hop = new Hop(arguments.method(), arguments.target(), headers(arguments), arguments.body());
        Set<String> visited = new HashSet<>();
        while (true) {
            Answer answer = send(hop);
            int status = answer.response().getCode();
            Header location = answer.response().getFirstHeader("Location");
            if (!arguments.followRedirects() || location == null || !Hop.isRedirect(status)) {
                return answer;
            }
            answer.close();
            visited.add(hop.method() + " " + hop.target());
            Hop next = hop.follow(status, location.getValue());
            refuseTooMany(visited, next, arguments.target());
            hop = next;
        }
    }

    private static void refuseTooMany(Set<String> visited, Hop next, Target first) throws ToolException {
        if (visited.contains(next.method() + " " + next.target())) {
            throw ToolException.permanent(
                    "TOO_MANY_REDIRECTS",
                    "http: %s redirects in a circle, by %s"
                            .formatted(first.shown(), next.target().shown()));
        }
        if (visited.size() > MOST_REDIRECTS) {
            throw ToolException.permanent(
                    "TOO_MANY_REDIRECTS",
                    "http: %s redirects more than %d times".formatted(first.shown(), MOST_REDIRECTS));
        }
    }

    private List<HeaderField> headers(HttpArguments arguments) {
        List<HeaderField> headers = new ArrayList<>(arguments.headers());
        addUnlessGiven(headers, "Accept", "*/*");
        addUnlessGiven(headers, "Accept-Encoding", "gzip");
        arguments.body().ifPresent(body -> addUnlessGiven(headers, "Content-Type", body.contentType()));
        if (!arguments.method().equals("GET") && !arguments.method().equals("HEAD")) {
            addUnlessGiven(headers, "Idempotency-Key", call.idempotencyKey());
        }
        return headers;
    }

    private static void addUnlessGiven(List<HeaderField> headers, String name, String value) {
        if (headers.stream().noneMatch(field -> field.is(name))) {
            headers.add(new HeaderField(name, value));
        }
    }

    private Answer send(Hop hop) throws IOException {
        Target target = hop.target();
        HttpUriRequestBase request = new HttpUriRequestBase(hop.method(), URI.create("/"));
        request.setScheme(target.scheme());
        request.setAuthority(new URIAuthority(target.host().name(), target.port()));
        request.setPath(target.path());
        hop.headers().forEach(field -> request.addHeader(field.name(), field.value()));
        hop.body()
                .ifPresent(body ->
                        request.setEntity(new ByteArrayEntity(body.text().getBytes(UTF_8), null)));
        begin(request);
        HttpHost host = new HttpHost(target.scheme(), target.host().name(), target.port());
        return new Answer(target, request, connections.client().executeOpen(host, request, null));
    }

    private synchronized void begin(HttpUriRequestBase request) throws IOException {
        if (cancelled) {
            throw new IOException("cancelled");
        }
        current = Optional.of(request);
    }

    /// Breaks the connection off, wherever the exchange is.
    synchronized void cancel() {
        cancelled = true;
        current.ifPresent(HttpUriRequestBase::cancel);
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }
}
