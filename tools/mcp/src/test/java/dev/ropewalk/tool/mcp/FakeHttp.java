package dev.ropewalk.tool.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ropewalk.value.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An MCP server over streamable HTTP on loopback, whose tools do what the test says. Whatever is not
/// told otherwise works as the protocol demands.
final class FakeHttp implements AutoCloseable {
    static String json(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    /// What a request does.
    interface Behaviour {
        void run(Incoming request) throws IOException, InterruptedException;
    }

    /// One HTTP request.
    record Incoming(HttpExchange http, Map<String, Object> message) {
        String header(String name) {
            return http.getRequestHeaders().getFirst(name);
        }

        String method() {
            return String.valueOf(message.get("method"));
        }

        void status(int status, String... headers) throws IOException {
            set(headers);
            http.sendResponseHeaders(status, -1);
            http.close();
        }

        void json(int status, Object body, String... headers) throws IOException {
            body(status, "application/json", FakeHttp.json(body), headers);
        }

        void body(int status, String type, String body, String... headers) throws IOException {
            set(headers);
            http.getResponseHeaders().set("Content-Type", type);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(status, bytes.length);
            try (OutputStream out = http.getResponseBody()) {
                out.write(bytes);
            }
        }

        private void set(String... headers) {
            for (int i = 0; i < headers.length; i += 2) {
                http.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
        }

        Map<String, Object> result(Object result) {
            return Map.of("jsonrpc", "2.0", "id", message.get("id"), "result", result);
        }

        Map<String, Object> text(String text) {
            return result(Map.of("content", List.of(Map.of("type", "text", "text", text))));
        }

        /// Starts a stream of events.
        OutputStream events() throws IOException {
            http.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            http.sendResponseHeaders(200, 0);
            return http.getResponseBody();
        }
    }

    final List<Incoming> requests = new CopyOnWriteArrayList<>();
    final Map<String, Behaviour> tools = new ConcurrentHashMap<>();
    final List<Map<String, Object>> listed = new CopyOnWriteArrayList<>();
    volatile Behaviour initialize =
            request -> request.json(200, request.result(hello()), "Mcp-Session-Id", "session-1");
    volatile Behaviour get = request -> request.status(405);
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    FakeHttp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/mcp", this::serve);
        server.start();
    }

    static Map<String, Object> hello() {
        return Map.of(
                "protocolVersion",
                "2025-06-18",
                "capabilities",
                Map.of("tools", Map.of()),
                "serverInfo",
                Map.of("name", "fake", "version", "1"));
    }

    FakeHttp tool(String name, Behaviour behaviour) {
        tools.put(name, behaviour);
        listed.add(Map.of("name", name, "inputSchema", Map.of("type", "object")));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
    }

    @SuppressWarnings("unchecked")
    private void serve(HttpExchange http) throws IOException {
        byte[] body = http.getRequestBody().readAllBytes();
        Incoming request = new Incoming(http, body.length == 0 ? Map.of() : (Map<String, Object>) Json.read(body));
        requests.add(request);
        try {
            behaviour(request).run(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Behaviour behaviour(Incoming request) {
        if (request.http().getRequestMethod().equals("GET")) {
            return get;
        }
        if (request.message().get("id") == null || request.message().get("method") == null) {
            return told -> told.status(202);
        }
        return switch (request.method()) {
            case "initialize" -> initialize;
            case "tools/list" -> asked -> asked.json(200, asked.result(Map.of("tools", listed)));
            default ->
                Objects.requireNonNull(tools.get(((Map<?, ?>) request.message().get("params")).get("name")));
        };
    }

    List<Incoming> requests(String method) {
        return requests.stream()
                .filter(request -> request.method().equals(method)
                        || request.http().getRequestMethod().equals(method))
                .toList();
    }

    Optional<Incoming> first(String method) {
        return requests(method).stream().findFirst();
    }

    static void event(OutputStream out, String lines) throws IOException {
        out.write((lines + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    static String data(Object message) {
        return "data: " + json(message);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
