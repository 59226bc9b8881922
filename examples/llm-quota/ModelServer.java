import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Speaks the protocol of OpenAI's chat completions, without a model behind it, and keeps quotas as such services
 * do: so many requests and so many tokens within a window that slides. What is more gets 429. It counts for
 * itself and knows nothing of who calls. Listens on the loopback address alone; ends after two minutes.
 */
public final class ModelServer {

    private static final CountDownLatch STOPPED = new CountDownLatch(1);
    private static final double MONEY_PER_TOKEN = 0.000002;

    /** A request that was let in. */
    private record Call(long nanos, int tokens) {}

    private final int mostRequests;
    private final int mostTokens;
    private final long windowNanos;
    private final Deque<Call> window = new ArrayDeque<>();
    private int tokensInWindow;
    private int served;
    private int refused;
    private int tokens;
    private int atOnce;
    private int mostAtOnce;
    private int mostRequestsSeen;
    private int mostTokensSeen;

    private ModelServer(int mostRequests, int mostTokens, long windowMillis) {
        this.mostRequests = mostRequests;
        this.mostTokens = mostTokens;
        this.windowNanos = TimeUnit.MILLISECONDS.toNanos(windowMillis);
    }

    /** Port, requests in a window, tokens in a window, milliseconds of the window. */
    public static void main(String[] arguments) throws Exception {
        ModelServer model = new ModelServer(
                Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        HttpServer server = HttpServer.create(address, 64);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/v1/chat/completions", model::complete);
        server.createContext("/v1/models", exchange -> answer(exchange, 200, "{\"data\": [{\"id\": \"parrot\"}]}"));
        server.createContext("/stats", exchange -> answer(exchange, 200, model.stats()));
        server.createContext("/stop", exchange -> {
            answer(exchange, 200, "{\"stopped\": true}");
            STOPPED.countDown();
        });
        server.start();
        STOPPED.await(2, TimeUnit.MINUTES);
        server.stop(0);
        System.out.println("served");
    }

    private void complete(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        // About what tokenizers make of text; the answer is as long as the question.
        int prompt = body.length() / 4;
        int completion = 20 + Math.floorMod(body.hashCode(), 20);
        if (!letIn(prompt + completion)) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            answer(exchange, 429, "{\"error\": {\"code\": \"rate_limit_exceeded\"}}");
            return;
        }
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leave();
        answer(
                exchange,
                200,
                String.format(
                        Locale.ROOT,
                        "{\"object\": \"chat.completion\", \"model\": \"parrot\", \"choices\": [{\"index\": 0, \"message\":"
                                + " {\"role\": \"assistant\", \"content\": \"Indeed.\"}, \"finish_reason\": \"stop\"}],"
                                + " \"usage\": {\"prompt_tokens\": %d, \"completion_tokens\": %d, \"total_tokens\": %d,"
                                + " \"cost\": %.6f}}",
                        prompt,
                        completion,
                        prompt + completion,
                        (prompt + completion) * MONEY_PER_TOKEN));
    }

    private synchronized boolean letIn(int asked) {
        long now = System.nanoTime();
        while (!window.isEmpty() && now - window.peekFirst().nanos() >= windowNanos) {
            tokensInWindow -= window.removeFirst().tokens();
        }
        if (window.size() + 1 > mostRequests || tokensInWindow + asked > mostTokens) {
            refused++;
            return false;
        }
        window.addLast(new Call(now, asked));
        tokensInWindow += asked;
        served++;
        tokens += asked;
        atOnce++;
        mostAtOnce = Math.max(mostAtOnce, atOnce);
        mostRequestsSeen = Math.max(mostRequestsSeen, window.size());
        mostTokensSeen = Math.max(mostTokensSeen, tokensInWindow);
        return true;
    }

    private synchronized void leave() {
        atOnce--;
    }

    private synchronized String stats() {
        return "{\"served\": %d, \"refused\": %d, \"tokens\": %d, \"mostAtOnce\": %d, \"mostRequestsInWindow\": %d, \"mostTokensInWindow\": %d}"
                .formatted(served, refused, tokens, mostAtOnce, mostRequestsSeen, mostTokensSeen);
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
