package dev.ropewalk.engine;

/// The log of a store that never waits for a device: the loop appends by itself.
public final class InlineLog implements Log {

    private final LogAppender appender;

    public InlineLog(LogAppender appender) {
        this.appender = appender;
    }

    @Override
    public void write(PendingBatch batch) {
        appender.append(appender.encode(batch));
        appender.release(batch);
    }

    @Override
    public boolean inline() {
        return true;
    }
}
