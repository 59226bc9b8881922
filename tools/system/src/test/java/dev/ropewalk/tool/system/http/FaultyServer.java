package dev.ropewalk.tool.system.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/// An HTTP server on loopback that does what servers should not do. Each path has a behaviour;
/// every request is remembered. It needs nothing but the JDK.
public final class FaultyServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String scheme;
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// What a path answers with.
    @FunctionalInterface
    public interface Behaviour {
        /// Writes a whole answer to `exchange`, or less, or more.
        void answer(Exchange exchange) throws IOException, InterruptedException;
    }

    /// A request as it came.
    ///
    /// @param headers with names in lower case; of several with one name the last
    public record Request(String method, String path, Map<String, String> headers, String body) {}

    /// One request and the connection on which it came.
    public final class Exchange {
        private final Request request;
        private final Socket connection;
        private final OutputStream out;

        private Exchange(Request request, Socket connection) throws IOException {
            this.request = request;
            this.connection = connection;
            this.out = connection.getOutputStream();
        }

        public Request request() {
            return request;
        }

        /// Bytes as they are, without waiting for more.
        public Exchange write(String text) throws IOException {
            return write(text.getBytes(ISO_8859_1));
        }

        public Exchange write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        /// Ends the connection in order.
        public void end() throws IOException {
            connection.close();
        }

        /// Ends the connection with a reset.
        public void reset() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }

        /// Waits until the client has left.
        public void awaitClientLeft() throws IOException {
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            connection.close();
        }

        /// Lets time pass, but no longer than the server lives.
        public void pause(Duration duration) throws InterruptedException, IOException {
            if (closed.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the server is closed");
            }
        }
    }

    private FaultyServer(ServerSocket socket, String scheme) {
        this.socket = socket;
        this.scheme = scheme;
    }

    /// On a free port of 127.0.0.1.
    public static FaultyServer start() {
        try {
            return start(new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// On a socket of the caller's, such as one for TLS.
    public static FaultyServer start(ServerSocket socket, String scheme) {
        FaultyServer server = new FaultyServer(socket, scheme);
        Thread.ofVirtual().name("faulty-server").start(server::accept);
        return server;
    }

    public FaultyServer on(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
        return this;
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String url(String path) {
        return scheme + "://127.0.0.1:" + port() + path;
    }

    /// Those received so far.
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public Request lastRequest() {
        return requests.getLast();
    }

    /// Connections open now.
    public int connections() {
        return connections.size();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                // Closed, or a client that gave up.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (!connection.isClosed()) {
                Request request = read(in);
                requests.add(request);
                String path = request.path().replaceFirst("\\?.*", "");
                behaviours
                        .getOrDefault(path, answer(404, "text/plain", "nothing at " + path))
                        .answer(new Exchange(request, connection));
            }
        } catch (IOException | InterruptedException e) {
            // The client has what it needs, or the server is closed.
        } finally {
            connections.remove(connection);
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", 3);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(first[0], first[1], headers, new String(in.readNBytes(length), UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the client has left");
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).strip();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A good answer; `headers` are lines such as `Retry-After: 3`.
    public static Behaviour answer(int status, String type, String body, String... headers) {
        return answer(status, type, body.getBytes(UTF_8), headers);
    }

    public static Behaviour answer(int status, String type, byte[] body, String... headers) {
        return exchange -> exchange.write(
                        head(status, "Content-Type: " + type, headers) + "Content-Length: " + body.length + "\r\n\r\n")
                .write(exchange.request().method().equals("HEAD") ? new byte[0] : body);
    }

    private static String head(int status, String header, String... headers) {
        return "HTTP/1.1 " + status + " Status\r\n" + header + "\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n");
    }

    /// What the request was, as JSON.
    public static Behaviour echo() {
        return exchange -> {
            Request request = exchange.request();
            String json = "{\"method\":\"%s\",\"path\":\"%s\",\"length\":%d}"
                    .formatted(request.method(), request.path(), request.body().length());
            answer(200, "application/json", json).answer(exchange);
        };
    }

    /// Fails `times` times with `status`, then answers well.
    public static Behaviour failing(int times, int status) {
        AtomicInteger count = new AtomicInteger();
        return exchange -> answer(count.incrementAndGet() <= times ? status : 200, "text/plain", "try " + count)
                .answer(exchange);
    }

    public static Behaviour redirect(int status, String location) {
        return answer(status, "text/plain", "moved", "Location: " + location);
    }

    /// Takes the request and never answers.
    public static Behaviour silent() {
        return Exchange::awaitClientLeft;
    }

    /// Says that 100 bytes follow, and ends after a few.
    public static Behaviour cut() {
        return exchange -> exchange.write(head(200, "Content-Type: text/plain", "Content-Length: 100") + "\r\nhalf a ")
                .end();
    }

    /// As [#cut()], with a reset instead of an end.
    public static Behaviour cutByReset() {
        return exchange -> exchange.write(head(200, "Content-Type: text/plain", "Content-Length: 100") + "\r\nhalf a ")
                .reset();
    }

    /// Sends more than it said.
    public static Behaviour tooLong() {
        return exchange -> exchange.write(
                        head(200, "Content-Type: text/plain", "Content-Length: 4") + "\r\nfour and more")
                .end();
    }

    /// Ends the connection before the first byte of an answer.
    public static Behaviour noAnswer() {
        return Exchange::end;
    }

    public static Behaviour nonsense() {
        return exchange -> exchange.write("220 mail.example ESMTP\r\n").end();
    }

    /// Chunks without an end.
    public static Behaviour endless() {
        return exchange -> {
            exchange.write(head(200, "Content-Type: text/plain", "Transfer-Encoding: chunked") + "\r\n");
            String chunk = "2000\r\n" + "x".repeat(0x2000) + "\r\n";
            while (true) {
                exchange.write(chunk);
            }
        };
    }

    /// A body of 10,000 bytes, one after each `interval`.
    public static Behaviour drip(int status, Duration interval) {
        return exchange -> {
            exchange.write(head(status, "Content-Type: text/plain", "Content-Length: 10000") + "\r\n");
            for (int i = 0; i < 10_000; i++) {
                exchange.write("x").pause(interval);
            }
        };
    }

    /// Headers without an end.
    public static Behaviour endlessHeaders() {
        return exchange -> {
            exchange.write("HTTP/1.1 200 OK\r\n");
            for (int i = 0; true; i++) {
                exchange.write("X-" + i + ": x\r\n");
            }
        };
    }

    public static Behaviour hugeHeader(int length) {
        return answer(200, "text/plain", "", "X-Huge: " + "x".repeat(length));
    }

    /// Zeros, compressed a thousandfold.
    public static Behaviour bomb(int mebibytes) {
        byte[] packed = gzip(mebibytes);
        return answer(200, "text/plain", packed, "Content-Encoding: gzip");
    }

    private static byte[] gzip(int mebibytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < mebibytes; i++) {
                zip.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
