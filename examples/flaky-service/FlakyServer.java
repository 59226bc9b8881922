import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that misbehaves in ways that services do. Listens on the loopback address alone; ends after two minutes. */
public final class FlakyServer {

    private static final CountDownLatch STOPPED = new CountDownLatch(1);
    private static final AtomicInteger TRIES = new AtomicInteger();

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/price", exchange -> answer(exchange, 200, "{\"price\": 42}"));
        server.createContext("/busy", FlakyServer::busy);
        server.createContext("/slow", FlakyServer::slow);
        server.createContext("/broken", exchange -> answer(exchange, 500, "{\"error\": \"out of order\"}"));
        server.createContext("/stop", exchange -> {
            answer(exchange, 200, "{\"stopped\": true}");
            STOPPED.countDown();
        });
        server.start();
        STOPPED.await(2, TimeUnit.MINUTES);
        server.stop(0);
        System.out.println("served");
    }

    /** Refuses the first two calls, and says when to come back. */
    private static void busy(HttpExchange exchange) throws IOException {
        if (TRIES.incrementAndGet() <= 2) {
            exchange.getResponseHeaders().set("Retry-After", "0");
            answer(exchange, 503, "{\"error\": \"busy\"}");
        } else {
            answer(exchange, 200, "{\"stock\": 7}");
        }
    }

    /** Takes the call and never answers. */
    private static void slow(HttpExchange exchange) {
        try {
            STOPPED.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
