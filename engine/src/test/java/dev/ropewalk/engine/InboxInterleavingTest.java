package dev.ropewalk.engine;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The inbox in every order in which threads can meet in it: Lincheck runs the interleavings one by one
/// and looks for one that no sequence of the same calls explains.
@DisplayNameGeneration(ReplaceUnderscores.class)
class InboxInterleavingTest {

    /// What Lincheck calls: any thread puts, one thread takes.
    public static final class Calls {

        private final Inbox inbox = new Inbox(100);

        @Operation
        public boolean offer(int id) {
            return inbox.offer(new LoopInput.Cancel("", "offered " + id, "", _ -> {}));
        }

        @Operation
        public void put(int id) {
            inbox.put(new LoopInput.LookAll(_ -> {
                throw new IllegalStateException("put " + id);
            }));
        }

        @Operation(nonParallelGroup = "loop")
        public @Nullable String take() {
            return describe(inbox.take());
        }

        private static @Nullable String describe(@Nullable LoopInput input) {
            return switch (input) {
                case null -> null;
                case LoopInput.Cancel cancel -> cancel.id();
                default -> "put";
            };
        }
    }

    @Test
    @Tag("deep")
    void nothing_is_lost_doubled_or_overtaken() {
        new ModelCheckingOptions()
                .iterations(30)
                .invocationsPerIteration(2_000)
                .threads(3)
                .actorsPerThread(2)
                .check(Calls.class);
    }
}
