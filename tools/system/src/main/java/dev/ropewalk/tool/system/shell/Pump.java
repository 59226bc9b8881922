package dev.ropewalk.tool.system.shell;

import dev.ropewalk.tool.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Empties one pipe of a process into a sink, so that the process never waits for a reader.
///
/// It holds the monitor of the stream while it reads. When the process ends, the JDK takes that
/// monitor to read whatever the pipe still holds into memory, without a limit, and to close it; a
/// grandchild that keeps writing would fill the heap, and its last words would be lost. While the
/// pump lives the JDK has to wait. If a later JDK does it in another way, only those words are
/// lost.
///
/// Runs on a platform thread: reading a pipe blocks the carrier of a virtual one.
final class Pump {
    private static final int BUFFER = 64 * 1024;

    private final InputStream pipe;
    private final OutputStream sink;
    private final CountDownLatch done = new CountDownLatch(1);
    private boolean abandoned;
    private @Nullable IOException failure;

    private Pump(InputStream pipe, Output sink) {
        this.pipe = pipe;
        this.sink = sink.stream();
    }

    static Pump start(InputStream pipe, Output sink, Executor threads) {
        Pump pump = new Pump(pipe, sink);
        threads.execute(pump::run);
        return pump;
    }

    private void run() {
        byte[] buffer = new byte[BUFFER];
        synchronized (pipe) {
            try {
                for (int count = pipe.read(buffer); count >= 0; count = pipe.read(buffer)) {
                    keep(buffer, count);
                }
            } catch (IOException closedByAbandon) {
                // The other end of the pipe cannot fail, so this is the end of reading.
            } finally {
                finish();
                done.countDown();
            }
        }
    }

    /// A sink that fails does not stop the reading, or the process would hang on a full pipe.
    private synchronized void keep(byte[] buffer, int count) {
        if (!abandoned && failure == null) {
            try {
                sink.write(buffer, 0, count);
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    private synchronized void finish() {
        if (!abandoned) {
            try {
                sink.close();
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    /// Waits until all writers have closed the pipe.
    ///
    /// @return false if `nanos` were not enough
    boolean await(long nanos) throws InterruptedException {
        return done.await(nanos, TimeUnit.NANOSECONDS);
    }

    /// Leaves the sink alone from now on, although somebody out of reach holds the pipe open.
    void abandon() {
        synchronized (this) {
            abandoned = true;
        }
        try {
            pipe.close();
        } catch (IOException e) {
            // Nobody reads it any more.
        }
    }

    /// Why not all was kept, if the sink failed.
    synchronized Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }
}
