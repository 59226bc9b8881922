package dev.ropewalk.tool.system.egress;

import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Turns hosts into addresses that may be connected to. Safe for use by several threads.
///
/// One answer that is not allowed refuses the whole name: who mixes public and private addresses
/// wants the check and the connection to see different ones. The caller connects to what it gets
/// here and never resolves the name again, so a name server that changes its mind gains nothing.
///
/// The system's resolver cannot be interrupted and holds the thread that asks it, so a thread of a
/// pool asks, and the caller waits no longer than it wants to.
public final class GuardedResolver implements AutoCloseable {
    private final AddressPolicy policy;
    private final Lookup lookup;
    private final Duration timeout;
    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("ropewalk-resolve-", 0).factory());

    /// Asks for the addresses of a name.
    @FunctionalInterface
    public interface Lookup {
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    /// Asks the system.
    public GuardedResolver(AddressPolicy policy, Duration timeout) {
        this(policy, timeout, InetAddress::getAllByName);
    }

    public GuardedResolver(AddressPolicy policy, Duration timeout, Lookup lookup) {
        this.policy = policy;
        this.timeout = timeout;
        this.lookup = lookup;
    }

    /// @param host as in [HostName#name()]
    /// @throws UnknownHostException if there is no answer in time or the host is unknown
    /// @throws AddressDeniedException if one of the addresses is not allowed
    /// @throws InterruptedIOException if the thread is interrupted
    public List<InetAddress> resolve(String host, int port)
            throws UnknownHostException, AddressDeniedException, InterruptedIOException {
        Optional<InetAddress> literal = Network.literal(host);
        List<InetAddress> addresses = literal.isPresent() ? List.of(literal.get()) : ask(host);
        for (InetAddress address : addresses) {
            policy.check(host, address, port);
        }
        return addresses;
    }

    private List<InetAddress> ask(String host) throws UnknownHostException, InterruptedIOException {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                answer.complete(List.of(lookup.addresses(host)));
            } catch (UnknownHostException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unknown(host + ": no answer from the name server within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw unknown(host + ": unknown host", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while resolving " + host);
        }
    }

    private static UnknownHostException unknown(String message, Exception cause) {
        UnknownHostException exception = new UnknownHostException(message);
        exception.initCause(cause);
        return exception;
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
