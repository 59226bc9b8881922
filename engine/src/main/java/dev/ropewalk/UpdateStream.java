package dev.ropewalk;

import java.util.Iterator;

/// The updates of one execution, to be walked through once by one thread. [#hasNext()] waits for the
/// next update.
public interface UpdateStream extends Iterator<ExecutionUpdate>, AutoCloseable {
    @Override
    void close();
}
