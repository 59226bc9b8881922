package dev.ropewalk.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.store.BalanceRow;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.testkit.Proves;
import dev.ropewalk.testkit.SeededRandom;
import dev.ropewalk.testkit.disk.SimulatedDisk.Loss;
import dev.ropewalk.testkit.store.SampleExecution;
import dev.ropewalk.testkit.store.SampleLog;
import dev.ropewalk.testkit.store.StoreConformance;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SimulatedStoreTest extends StoreConformance {

    private final SimulatedDisk disk = new SimulatedDisk();
    private final SeededRandom random = new SeededRandom(5);

    @Override
    protected Store openEmpty() {
        return SimulatedStore.open(disk, false);
    }

    private SimulatedStore simulated() {
        return (SimulatedStore) store();
    }

    private Store reopened(Loss loss) {
        disk.crash(loss, random);
        return SimulatedStore.open(disk, false);
    }

    @Test
    void what_was_appended_is_there_after_a_power_cut() {
        SampleExecution execution = log().execution();
        log().append(3, execution);
        log().append(2, execution);
        long epoch = store().epoch();

        Store reopened = reopened(Loss.ALL);

        assertThat(reopened.epoch()).isGreaterThan(epoch);
        assertThat(reopened.unfinished()).hasSize(1);
        assertThat(reopened.unfinished().getFirst().headSeq()).isEqualTo(5);
    }

    @Test
    void a_batch_is_there_as_a_whole_or_not_at_all() {
        boolean lost = false;
        boolean kept = false;
        SimulatedStore owned = simulated();
        for (int i = 0; i < 100; i++) {
            long before = owned.lastPosition();
            SampleLog writer = new SampleLog(owned);
            SampleExecution execution = writer.execution().id("run-" + i);
            owned.fail(SimulatedStore.Fault.CRASH_BEFORE_SYNC);
            BalanceRow balance = new BalanceRow("rate", new byte[] {(byte) (i + 1)});
            SimulatedStore crashing = owned;
            assertThatThrownBy(() -> crashing.append(writer.batch(execution, balance)))
                    .isInstanceOf(SimulatedCrash.class);

            owned = (SimulatedStore) reopened(Loss.SOME);

            assertThat(owned.lastPosition()).isBetween(before, before + 1);
            assertThat(owned.execution("", "run-" + i).isPresent()).isEqualTo(owned.lastPosition() > before);
            assertThat(owned.balances().contains(balance)).isEqualTo(owned.lastPosition() > before);
            lost |= owned.lastPosition() == before;
            kept |= owned.lastPosition() > before;
        }
        assertThat(lost && kept).isTrue();
    }

    @Test
    void after_the_sync_it_is_there_though_nobody_was_told() {
        simulated().fail(SimulatedStore.Fault.CRASH_AFTER_SYNC);
        assertThatThrownBy(() -> log().append(1, log().execution()))
                .isInstanceOfSatisfying(
                        SimulatedCrash.class,
                        crash -> assertThat(crash.where()).isEqualTo(SimulatedCrash.Where.AFTER_SYNC));

        assertThat(reopened(Loss.ALL).lastPosition()).isEqualTo(1);
    }

    @Test
    @Proves("G2")
    void after_a_failed_sync_nothing_more_is_written() {
        simulated().fail(SimulatedStore.Fault.SYNC_FAILED);
        assertThatThrownBy(() -> log().append(1, log().execution())).isInstanceOf(StoreException.class);

        assertThatThrownBy(() -> store().writeBlob("run", "text/plain", out -> out.write(1)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FAILED));
    }

    @Test
    @Proves("G2")
    void where_no_batch_fits_no_value_does_until_there_is_space_again() throws IOException {
        SampleLog writer = log();
        SampleExecution execution = writer.execution();
        simulated().fail(SimulatedStore.Fault.FULL);
        assertThatThrownBy(() -> writer.append(1, execution)).isInstanceOf(StoreException.class);

        assertThatThrownBy(() -> store().writeBlob("run", "text/plain", out -> out.write(1)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FULL));

        SampleLog later = new SampleLog(store());
        later.append(1, later.execution());
        assertThat(store().writeBlob("run", "text/plain", out -> out.write(1)).size())
                .isOne();
    }

    @Test
    void a_crash_while_opening_leaves_everything_as_it_was() {
        log().append(1, log().execution());
        disk.crash(Loss.ALL, random);

        assertThatThrownBy(() -> SimulatedStore.open(disk, true)).isInstanceOf(SimulatedCrash.class);

        assertThat(reopened(Loss.SOME).lastPosition()).isEqualTo(1);
    }
}
