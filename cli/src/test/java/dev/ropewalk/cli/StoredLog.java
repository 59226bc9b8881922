package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionEventType;
import dev.ropewalk.History;
import dev.ropewalk.log.FrameChain;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreProvider;
import dev.ropewalk.store.StoreReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// What a store says of one execution, after the checks that anybody can make: its frames are a chain
/// up to the recorded head, and its events are numbered from 1 without a gap.
///
/// @param storeId with what the marks of the processes of its attempts begin
record StoredLog(String storeId, List<ExecutionEvent> events) {

    /// Empty if there is no store yet, or one that was never finished, or not this execution in it.
    static Optional<StoredLog> of(Path database, String execution) {
        try (StoreReader reader = provider().openReader("sqlite:" + database)) {
            Optional<ExecutionRow> row = reader.execution("", execution);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            List<Frame> frames = reader.frames(row.get().number(), 1, Integer.MAX_VALUE);
            assertThat(FrameChain.verify(frames, row.get().headSeq(), row.get().headDigest()))
                    .isEmpty();
            try (History history = History.open("sqlite:" + database)) {
                StoredLog log = new StoredLog(reader.id(), history.events(execution, 0, Integer.MAX_VALUE));
                log.assertGapless(row.get().headSeq());
                return Optional.of(log);
            }
        } catch (StoreException e) {
            assertThat(e.kind()).as(e.getMessage()).isEqualTo(StoreException.Kind.NOT_FOUND);
            return Optional.empty();
        }
    }

    private static StoreProvider provider() {
        return ServiceLoader.load(StoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.scheme().equals("sqlite"))
                .findFirst()
                .orElseThrow();
    }

    private void assertGapless(long head) {
        assertThat(events.stream().map(ExecutionEvent::seq).distinct())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, head).boxed().toList());
        assertThat(events.stream().map(ExecutionEvent::id)).doesNotHaveDuplicates();
    }

    Set<String> completed() {
        return events.stream()
                .filter(event -> event.type() == ExecutionEventType.TASK_COMPLETED)
                .map(event -> event.taskId().orElseThrow())
                .collect(Collectors.toSet());
    }

    long count(ExecutionEventType type) {
        return events.stream().filter(event -> event.type() == type).count();
    }
}
