package dev.ropewalk.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.testkit.SeededRandom;
import dev.ropewalk.testkit.disk.SimulatedDisk.Damage;
import dev.ropewalk.testkit.disk.SimulatedDisk.Loss;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SimulatedDiskTest {

    private final SimulatedDisk disk = new SimulatedDisk();
    private final SeededRandom random = new SeededRandom(3);

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void what_was_synced_survives_and_what_was_not_does_not() {
        disk.write(0, filled(1_000, 1));
        disk.sync();
        disk.write(1_000, filled(1_000, 2));
        assertThat(disk.synced()).isFalse();

        disk.crash(Loss.ALL, random);

        assertThat(disk.synced()).isTrue();
        assertThat(disk.read(0, 1_000)).containsOnly(1);
        assertThat(disk.read(1_000, 1_000)).containsOnly(0);
    }

    @Test
    void when_only_the_process_ends_nothing_is_lost() {
        disk.write(0, filled(20_000, 1));

        Damage damage = disk.crash(Loss.NOTHING, random);

        assertThat(disk.read()).hasSize(20_000).containsOnly(1);
        assertThat(damage.torn()).isFalse();
    }

    @Test
    void sectors_survive_each_for_itself() {
        Set<String> survivors = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            SimulatedDisk one = new SimulatedDisk();
            one.write(0, filled(3 * SimulatedDisk.SECTOR, 1));
            one.crash(Loss.SOME, random);
            survivors.add("" + one.read(0, 1)[0] + one.read(600, 1)[0] + one.read(1_100, 1)[0]);
        }
        assertThat(survivors).hasSize(8);
    }

    @Test
    void an_earlier_version_of_a_sector_may_be_what_survives() {
        Set<Byte> versions = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            SimulatedDisk one = new SimulatedDisk();
            one.write(0, filled(10, 1));
            one.write(0, filled(10, 2));
            one.crash(Loss.SOME, random);
            versions.add(one.read(0, 1)[0]);
        }
        assertThat(versions).containsExactlyInAnyOrder((byte) 0, (byte) 1, (byte) 2);
    }
}
