package dev.ropewalk.testkit.oracle;

import static dev.ropewalk.testkit.oracle.History.ID;
import static dev.ropewalk.testkit.oracle.History.objects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.execution.Evolution;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.StopReason;
import dev.ropewalk.testkit.Proves;
import dev.ropewalk.testkit.disk.SimulatedDisk;
import dev.ropewalk.testkit.disk.SimulatedStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The oracle compares what clients, tools and readers saw with what is public, and that with what is
/// stored.
@DisplayNameGeneration(ReplaceUnderscores.class)
class WitnessTest {

    private static SimulatedStore emptyStore() {
        return SimulatedStore.open(new SimulatedDisk(), false);
    }

    @Test
    @Proves("I14")
    void nothing_is_told_before_it_is_durable() {
        History h = History.chain();
        objects("I14", "event 1 is public, 0 is durable", () -> h.oracle.published(ID, 1, List.of(h.accepted()), 0));
        objects("I14", "is acknowledged, but not durable", () -> h.oracle.submitAcked(ID, "", 0));
        objects("I14", "the cancel of x", () -> h.oracle.cancelAcked(ID));
    }

    @Test
    @Proves("I14")
    void no_attempt_starts_before_that_is_durable() {
        History h = History.chain();
        h.told(h.accepted(), h.started(), h.queued(0));
        objects("I14", "attempt 1 starts before that is durable", () -> h.oracle.attemptStarts(ID, 0, 1));
    }

    @Test
    @Proves("I8")
    void no_attempt_starts_after_a_cancel_was_acknowledged() {
        History h = new History(p -> p.task("a", t -> t.tool("x")).task("b", t -> t.tool("x")));
        h.oracle.cancelAsked(ID);
        h.told(h.accepted(), h.started(), h.queued(0), h.queued(1), h.start(0, 1));
        h.told(h.stopping(StopReason.CANCEL, -1));
        h.oracle.cancelAcked(ID);
        objects("I8", "starts after a cancel was acknowledged", () -> h.oracle.attemptStarts(ID, 0, 1));
    }

    @Test
    @Proves("I13")
    void one_key_stands_for_one_execution() {
        History h = History.chain();
        h.oracle.submitAcked(ID, "key", 1);
        h.oracle.submitAcked(ID, "key", 1);
        objects("I13", "key key made both x and y", () -> h.oracle.submitAcked("y", "key", 1));
    }

    @Test
    @Proves("I4")
    void what_was_public_or_acknowledged_is_not_lost() {
        History h = History.chain();
        h.told(h.accepted());
        objects("I4", "was public and is lost", () -> h.oracle.opened(emptyStore()));
        History acked = History.chain();
        acked.oracle.submitAcked(ID, "", 1);
        objects("I4", "was acknowledged and is lost", () -> acked.oracle.opened(emptyStore()));
    }

    @Test
    @Proves("I5")
    void a_state_is_the_fold_of_its_events() {
        History h = History.chain();
        h.told(h.accepted(), h.started(), h.queued(0), h.start(0, 1));
        ExecutionState same = state(h, h.accepted(), h.started(), h.queued(0), h.start(0, 1));
        h.oracle.liveState(ID, same);
        h.oracle.lastState(ID, same);
        h.oracle.liveState("somebody else's", same);
        h.oracle.lastState("somebody else's", same);

        ExecutionState other = state(h, h.accepted(), h.started(), h.queued(0), h.queued(1));
        objects("I5", "not the fold of its events", () -> h.oracle.liveState(ID, other));
        objects("I5", "not the fold of its events", () -> h.oracle.lastState(ID, other));

        ExecutionState behind = state(h, h.accepted());
        h.oracle.liveState(ID, behind);
        h.oracle.lastState(ID, behind);
    }

    private static ExecutionState state(History h, LogEvent... events) {
        ExecutionState state = new ExecutionState(h.plan);
        for (LogEvent event : events) {
            Evolution.evolve(state, event);
        }
        return state;
    }

    @Test
    @Proves("I17")
    void a_tool_is_called_with_what_its_task_says() {
        History h = History.running(p -> p.task("a", t -> t.tool("x").with("n", 1L)));
        h.oracle.argumentsSeen(ID, 0, 1, Map.of("n", 1L));
        h.oracle.argumentsSeen(ID, 0, 7, Map.of("n", "an attempt that does not count"));
        objects("I17", "is called with {n=2}", () -> h.oracle.argumentsSeen(ID, 0, 1, Map.of("n", 2L)));
    }

    @Test
    void what_happened_is_told_to_people() {
        History h = History.running(p -> p.task("a", t -> t.tool("x")));
        assertThat(h.oracle.tail(1))
                .contains("execution x (RUNNING)", "4 TaskStarted[")
                .doesNotContain("Queued");
        assertThat(h.oracle.unfinished()).containsExactly("execution x (RUNNING)");
        assertThat(h.oracle.running()).isOne();
        assertThat(h.oracle.hasEnded(ID)).isFalse();
    }
}
