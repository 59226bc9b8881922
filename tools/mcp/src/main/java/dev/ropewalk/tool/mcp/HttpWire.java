package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.mcp.ServerSettings.Url;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Speaks with a server over streamable HTTP: each message is a POST on a virtual thread of its own,
/// the answer comes as its body or in a stream of events; a GET listens to what the server says unasked.
///
/// A stream that ends before the answer is taken up again where the server supports it; otherwise its
/// request fails at once.
///
/// Source: Model Context Protocol 2025-11-25, "Streamable HTTP".
final class HttpWire implements Wire {
    private static final Logger LOG = LoggerFactory.getLogger(HttpWire.class);

    /// Answers to the server's own requests that may be under way at once.
    private static final int MOST_REPLIES = 16;

    /// Streams that a server may keep open after the answer; one that ends them itself keeps the
    /// connection for the next request.
    private static final int MOST_LINGERING = 64;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ServerSettings server;
    private final HttpChannel http;
    private final Semaphore replies = new Semaphore(MOST_REPLIES);
    private final Semaphore lingering = new Semaphore(MOST_LINGERING);
    private final Map<String, HttpUriRequestBase> asked = new ConcurrentHashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init") // set by open, before anything is sent
    private volatile Inbox inbox;

    HttpWire(ServerSettings server, Url url) {
        this(server, url, SystemDefaultDnsResolver.INSTANCE);
    }

    HttpWire(ServerSettings server, Url url, DnsResolver names) {
        this.server = server;
        this.http = new HttpChannel(server, url, new AddressGuard(url, names));
    }

    @Override
    public void open(Inbox taker) {
        inbox = taker;
    }

    @Override
    public void agreed(String protocolVersion) {
        http.agreed(protocolVersion);
        start("listen", this::listen);
    }

    @Override
    public boolean send(JSONRPCMessage message) {
        byte[] body = Messages.write(message);
        switch (message) {
            case JSONRPCRequest request -> {
                String id = (String) request.id();
                boolean hello = request.method().equals(McpSchema.METHOD_INITIALIZE);
                HttpUriRequestBase post = http.post(body);
                asked.put(id, post);
                start("ask", () -> ask(id, post, hello));
            }
            case JSONRPCResponse _ -> reply(body);
            default -> start("tell", () -> tell(body));
        }
        return true;
    }

    /// A server that asks without end gets no more answers than it waits for.
    private void reply(byte[] body) {
        if (replies.tryAcquire()) {
            start("reply", () -> {
                try {
                    tell(body);
                } finally {
                    replies.release();
                }
            });
        }
    }

    private void tell(byte[] body) {
        try {
            http.execute(http.post(body), http::skip);
        } catch (ToolException e) {
            LOG.debug("Telling an MCP server failed server={}", server.name(), e);
        }
    }

    private void ask(String id, HttpUriRequestBase post, boolean hello) {
        HttpAnswer answer = answer(Optional.of(id));
        try {
            Optional<ToolException> trouble = attempt(post, answer, hello);
            boolean again = false;
            while (!answer.isComplete() && canResume(id, answer, trouble)) {
                Thread.sleep(answer.pause());
                HttpUriRequestBase get = http.get(answer.lastEventId());
                again = asked.replace(id, get) != null;
                trouble = again ? attempt(get, answer, false) : trouble;
            }
            if (!answer.isComplete() && asked.containsKey(id)) {
                fail(
                        id,
                        trouble.orElseGet(() -> Failures.io(server.name(), "the answer's stream ended too early")),
                        again);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } finally {
            asked.remove(id);
        }
    }

    /// @return what went wrong, if something did
    private Optional<ToolException> attempt(HttpUriRequestBase request, HttpAnswer answer, boolean hello) {
        boolean[] lingers = {false};
        try {
            http.execute(request, response -> {
                if (hello) {
                    http.begin(response);
                }
                answer.read(response);
                lingers[0] = answer.isComplete() && lingering.tryAcquire();
                if (answer.isComplete() && !lingers[0]) {
                    request.cancel();
                }
            });
            return Optional.empty();
        } catch (ToolException e) {
            return Optional.of(e);
        } finally {
            if (lingers[0]) {
                lingering.release();
            }
        }
    }

    private boolean canResume(String id, HttpAnswer answer, Optional<ToolException> trouble) {
        boolean cut = trouble.isEmpty() || trouble.get().code().equals("IO");
        return cut && answer.lastEventId().isPresent() && asked.containsKey(id);
    }

    /// @param begun whether the server had begun to answer, so that it may have done the work
    private void fail(String id, ToolException trouble, boolean begun) {
        inbox.failed(
                id, begun ? Failures.io(server.name(), "the answer's stream was cut: " + trouble.message()) : trouble);
    }

    /// What is said unasked comes here, if the server does such a thing at all; and if it has no ear for
    /// this question, the next request will show whether it still knows us.
    private void listen() {
        HttpAnswer unasked = answer(Optional.empty());
        Duration pause = unasked.pause();
        try {
            while (!closed.get()) {
                try {
                    http.execute(http.get(unasked.lastEventId()), unasked::read);
                    pause = unasked.pause();
                } catch (ToolException e) {
                    LOG.debug("Listening to an MCP server failed server={}", server.name(), e);
                    if (e.code().startsWith("HTTP_") || e.code().equals(Failures.SESSION_LOST)) {
                        return;
                    }
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                }
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private HttpAnswer answer(Optional<String> request) {
        return new HttpAnswer(request, http, inbox, server.maxMessageBytes());
    }

    private void start(String what, Runnable work) {
        Thread thread = Thread.ofVirtual()
                .name("ropewalk-mcp-" + server.name() + "-" + what)
                .unstarted(() -> {
                    try {
                        work.run();
                    } finally {
                        threads.remove(Thread.currentThread());
                    }
                });
        threads.add(thread);
        thread.start();
    }

    @Override
    public void abandon(String requestId) {
        HttpUriRequestBase request = asked.remove(requestId);
        if (request != null) {
            request.cancel();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            asked.keySet().forEach(this::abandon);
            http.close();
            threads.forEach(Thread::interrupt);
        }
    }
}
