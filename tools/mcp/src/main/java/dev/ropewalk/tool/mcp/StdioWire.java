package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.mcp.ServerSettings.Command;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Speaks with a server through the pipes of its process, a message a line.
///
/// Three threads of the platform serve it: reads and writes of pipes would hold the carriers of virtual
/// ones. The reader hands over each message before it reads the next, so a flood of messages costs time,
/// never memory. The writer has a bounded queue, so a server that does not read blocks nobody. The end
/// of the process or of its output, whichever comes first, is the end of the wire; the other is awaited
/// for a moment, because the last answers may still be in the pipe, and the exit code says why.
final class StdioWire implements Wire {
    private static final Logger LOG = LoggerFactory.getLogger(StdioWire.class);
    private static final int MOST_KEPT_MESSAGES = 16_384;
    private static final int MOST_NOISE = 100;
    private static final Duration OTHER_END = Duration.ofMillis(500);
    private static final byte[] END = {};

    private final ServerSettings server;
    private final Command command;
    private final Map<String, String> environment;
    private final String markPrefix;
    private final StderrTail stderr;
    private final BlockingQueue<byte[]> outgoing = new ArrayBlockingQueue<>(MOST_KEPT_MESSAGES);
    private final CompletableFuture<@Nullable Void> outputEnded = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> inputEnded = new CompletableFuture<>();
    private volatile boolean agreed;
    private volatile @Nullable ServerProcess process;

    StdioWire(ServerSettings server, Command command, Map<String, String> environment, String markPrefix) {
        this.server = server;
        this.command = command;
        this.environment = environment;
        this.markPrefix = markPrefix;
        this.stderr = new StderrTail(server.name());
    }

    @Override
    public void open(Inbox inbox) throws ToolException {
        ServerProcess started = ServerProcess.start(server, command, environment, markPrefix);
        process = started;
        Process pipes = started.process();
        CompletableFuture<?> exit = pipes.onExit();
        var _ = exit.thenRun(() -> outgoing.offer(END));
        var _ = CompletableFuture.anyOf(exit, outputEnded, inputEnded)
                .thenCompose(_ -> CompletableFuture.allOf(exit, outputEnded)
                        .orTimeout(OTHER_END.toMillis(), TimeUnit.MILLISECONDS))
                .whenComplete((_, _) -> inbox.lost(Failures.died(server.name(), howItEnded(pipes))));
        thread("out", () -> read(pipes.getInputStream(), inbox));
        thread("err", () -> stderr.readAll(pipes.getErrorStream()));
        thread("in", () -> write(pipes.getOutputStream()));
    }

    private String howItEnded(Process ended) {
        String how = ended.isAlive()
                ? "closed its " + (outputEnded.isDone() ? "output" : "input")
                : "ended with exit code " + ended.exitValue();
        return how + stderr.lastWords();
    }

    private void thread(String stream, PipeWork work) {
        Thread.ofPlatform()
                .daemon()
                .name("ropewalk-mcp-" + server.name() + "-" + stream)
                .start(() -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The pipe breaks when the server ends; its end is told by onExit.
                        LOG.debug("Pipe of an MCP server broke server={} stream={}", server.name(), stream, e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void read(InputStream stdout, Inbox inbox) throws IOException {
        LineReader lines = new LineReader(stdout, server.maxMessageBytes());
        int noise = 0;
        try {
            byte[] line = lines.next();
            while (line != null) {
                if (!isBlank(line) && !take(line, inbox, noise)) {
                    noise++;
                }
                line = lines.next();
            }
        } catch (ProtocolException e) {
            inbox.lost(Failures.died(
                    server.name(),
                    "was ended, because it wrote to its output what is not a message (%s); MCP servers must write their logs to standard error"
                            .formatted(e.problem())));
        } finally {
            outputEnded.complete(null);
        }
    }

    /// Before the first exchange is done, lines that are not messages are passed over: many servers
    /// greet. Afterwards such a line may have swallowed an answer, and somebody would wait for it.
    private boolean take(byte[] line, Inbox inbox, int noise) throws ProtocolException {
        try {
            inbox.received(Messages.read(line), Optional.empty());
            return true;
        } catch (ProtocolException e) {
            String start =
                    VisibleText.line(new String(line, 0, Math.min(line.length, 200), StandardCharsets.UTF_8), 200);
            if (agreed || noise >= MOST_NOISE) {
                throw new ProtocolException("%s: \"%s\"".formatted(e.problem(), start));
            }
            LOG.debug("MCP server greeted on stdout server={} line={}", server.name(), start);
            return false;
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte letter : line) {
            if (letter != ' ' && letter != '\t') {
                return false;
            }
        }
        return true;
    }

    private void write(OutputStream stdin) throws IOException, InterruptedException {
        OutputStream buffered = new BufferedOutputStream(stdin, 64 << 10);
        try {
            byte[] message = outgoing.take();
            while (message != END) {
                buffered.write(message);
                buffered.write('\n');
                message = outgoing.poll();
                if (message == null) {
                    buffered.flush();
                    message = outgoing.take();
                }
            }
        } finally {
            inputEnded.complete(null);
        }
    }

    @Override
    public void agreed(String protocolVersion) {
        agreed = true;
    }

    @Override
    public boolean send(JSONRPCMessage message) {
        return outgoing.offer(Messages.write(message));
    }

    @Override
    public void abandon(String requestId) {
        // Nothing waits: the answer, if it comes, is a line like any other.
    }

    @Override
    public void close() {
        ServerProcess started = process;
        if (started != null) {
            started.end();
        }
    }

    /// The work of one thread at one pipe.
    private interface PipeWork {
        void run() throws IOException, InterruptedException;
    }
}
