package dev.ropewalk.tool.system.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.Usage;
import dev.ropewalk.tool.system.process.ProcessTree;
import dev.ropewalk.tool.system.process.UsageSampler;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The processes of one running attempt, from start until none of them is left.
///
/// The attempt lasts as long as its first process. What that leaves behind gets a short time to end
/// by itself (a `tee` that writes the last line), then it is ended as on a timeout. So when the
/// attempt is over, nothing of it runs and nothing holds its output open, however it went.
///
/// Ending has a thread of its own, because the callback of a cancellation must return soon and the
/// attempt's own thread is interrupted.
final class ShellProcess {
    private static final Logger log = LoggerFactory.getLogger(ShellProcess.class);

    /// A pipe takes this much without a reader, so writing it cannot block.
    private static final int PIPE_TAKES = 4096;

    /// More than SIGKILL takes to end a tree.
    private static final Duration LONGEST_KILL = Duration.ofMillis(500);

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Process process;
    private final List<Pump> pumps;
    private final ProcessTree tree;
    private final UsageSampler.Sample sample;
    private final Duration leftoverWait;
    private volatile boolean stopped;
    private Optional<CompletableFuture<Void>> ending = Optional.empty();

    ShellProcess(
            Process process, List<Pump> pumps, ProcessTree tree, UsageSampler.Sample sample, Duration leftoverWait) {
        this.process = process;
        this.pumps = pumps;
        this.tree = tree;
        this.sample = sample;
        this.leftoverWait = leftoverWait;
    }

    /// Writes what the process reads, in the background if it could block.
    void feed(String input, Executor threads) {
        byte[] bytes = input.getBytes(UTF_8);
        if (bytes.length <= PIPE_TAKES) {
            write(bytes);
        } else {
            threads.execute(() -> write(bytes));
        }
    }

    private void write(byte[] bytes) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(bytes);
        } catch (IOException nobodyReads) {
            // A program need not read its input, as `head` does not.
        }
    }

    /// Waits until the attempt is over, and ends it when `call` is told to stop.
    ///
    /// @throws InterruptedException if it was told to stop; nothing runs any more even then
    ExitStatus await(ToolCall call) throws InterruptedException {
        try (ToolCall.Registration _ = call.onCancel(() -> stop(untilKill(call.grace())))) {
            int code = process.waitFor();
            if (!endsByItself()) {
                end(min(call.grace(), leftoverWait));
            }
            return new ExitStatus(code);
        } catch (InterruptedException e) {
            stop(untilKill(call.grace()));
            throw e;
        } finally {
            awaitEnd();
        }
    }

    /// Not interruptible, on purpose: no answer before the tree is gone. A process that ended
    /// because it was told to has no result, whatever its exit code.
    private void awaitEnd() throws InterruptedException {
        awaitStop();
        if (stopped) {
            boolean _ = Thread.interrupted();
            throw new InterruptedException("shell: told to stop");
        }
    }

    /// The engine waits for the call no longer than the grace period, so killing has to begin a little
    /// earlier, or the next attempt could overlap with what is left of this one.
    private static Duration untilKill(Duration grace) {
        return grace.minus(min(grace.dividedBy(10), LONGEST_KILL));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /// Whether all output is complete and nothing runs any more, within the time for leftovers.
    private boolean endsByItself() throws InterruptedException {
        long deadline = System.nanoTime() + leftoverWait.toNanos();
        boolean drained = false;
        while (true) {
            drained = drained || drain(Math.clamp(deadline - System.nanoTime(), 0, LOOK_AGAIN_NANOS));
            if (tree.isEmpty() && drained) {
                return true;
            }
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            if (drained) {
                TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN_NANOS);
            }
        }
    }

    private boolean drain(long nanos) throws InterruptedException {
        for (Pump pump : pumps) {
            if (!pump.await(nanos)) {
                return false;
            }
        }
        return true;
    }

    /// Tells the attempt to stop; returns at once. [#await] returns when all of it has ended.
    void stop(Duration grace) {
        stopped = true;
        end(grace);
    }

    /// Waits until [#stop] has done its work.
    void awaitStop() {
        ending().ifPresent(CompletableFuture::join);
    }

    private synchronized void end(Duration grace) {
        if (ending.isEmpty()) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            ending = Optional.of(done);
            Thread.ofPlatform().daemon().name("ropewalk-end-" + process.pid()).start(() -> {
                try {
                    endNow(grace);
                } finally {
                    done.complete(null);
                }
            });
        }
    }

    private void endNow(Duration grace) {
        sample.look();
        if (!tree.end(grace)) {
            log.warn(
                    "Processes survived SIGKILL pid={} left={}",
                    process.pid(),
                    tree.members().size());
        }
        try {
            if (!drain(leftoverWait.toNanos())) {
                pumps.forEach(Pump::abandon);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the thread that ends processes", e);
        }
    }

    private synchronized Optional<CompletableFuture<Void>> ending() {
        return ending;
    }

    /// What was measured; ends the measurement.
    List<Usage> usage() {
        return sample.stop();
    }

    /// Why not all output was kept, if it was not.
    Optional<IOException> lostOutput() {
        return pumps.stream().map(Pump::failure).flatMap(Optional::stream).findFirst();
    }
}
