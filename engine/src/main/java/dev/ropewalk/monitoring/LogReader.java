package dev.ropewalk.monitoring;

import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.log.EventCodec;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.StoreReader;
import java.util.List;
import java.util.function.Consumer;

/// Walks through the events of one execution in a store. Safe for use by several threads.
final class LogReader {

    private static final int PAGE = 256;

    private final StoreReader store;

    LogReader(StoreReader store) {
        this.store = store;
    }

    /// Gives every event from number `fromSeq` on to `consumer`, as far as the log goes now.
    ///
    /// @return the number of the last event given; `fromSeq - 1` if there was none
    long forEach(long execution, long fromSeq, Consumer<LogEvent> consumer) {
        long next = fromSeq;
        while (true) {
            List<Frame> frames = store.frames(execution, next, PAGE);
            for (Frame frame : frames) {
                List<LogEvent> events = EventCodec.decode(frame.format(), frame.bytes());
                for (int i = (int) (next - frame.firstSeq()); i < events.size(); i++) {
                    consumer.accept(events.get(i));
                    next++;
                }
            }
            if (frames.size() < PAGE) {
                return next - 1;
            }
        }
    }

    /// The event with this number.
    LogEvent event(long execution, long seq) {
        Frame frame = store.frames(execution, seq, 1).getFirst();
        return EventCodec.decode(frame.format(), frame.bytes()).get((int) (seq - frame.firstSeq()));
    }
}
