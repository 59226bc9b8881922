package dev.ropewalk.testkit.disk;

import dev.ropewalk.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/// One file on a disk that keeps only what was synced. What was written since may survive a power cut
/// or not, sector by sector and in any order: a sector is the most that a disk writes at once.
public final class SimulatedDisk {

    public static final int SECTOR = 512;

    /// What becomes of un-synced sectors when it all stops.
    public enum Loss {
        /// The process died, the machine did not: nothing is lost.
        NOTHING,
        /// None of it had reached the disk.
        ALL,
        /// Some of it had, in no order.
        SOME
    }

    /// What survived of the last crash's un-synced sectors.
    public record Damage(int sectors, int survived) {

        /// Whether some did and some did not.
        public boolean torn() {
            return survived > 0 && survived < sectors;
        }
    }

    private byte[] durable = new byte[16 * SECTOR];
    private byte[] written = new byte[16 * SECTOR];
    private int size;

    /// By sector everything that was written into it since the last sync.
    private final TreeMap<Integer, List<byte[]>> unsynced = new TreeMap<>();

    /// Writes at `offset`; reads see it at once, a power cut may forget it.
    public void write(int offset, byte[] bytes) {
        grow(offset + bytes.length);
        System.arraycopy(bytes, 0, written, offset, bytes.length);
        for (int sector = offset / SECTOR; sector <= (offset + bytes.length - 1) / SECTOR; sector++) {
            unsynced.computeIfAbsent(sector, _ -> new ArrayList<>(1)).add(read(sector * SECTOR, SECTOR));
        }
    }

    private void grow(int needed) {
        size = Math.max(size, needed);
        if (needed > written.length - SECTOR) {
            int capacity = (Math.max(needed, written.length * 2) / SECTOR + 1) * SECTOR;
            written = Arrays.copyOf(written, capacity);
            durable = Arrays.copyOf(durable, capacity);
        }
    }

    public byte[] read(int offset, int length) {
        return Arrays.copyOfRange(written, offset, offset + length);
    }

    /// Everything that was written.
    public byte[] read() {
        return read(0, size);
    }

    /// Returns once everything that was written survives.
    public void sync() {
        for (int sector : unsynced.keySet()) {
            System.arraycopy(written, sector * SECTOR, durable, sector * SECTOR, SECTOR);
        }
        unsynced.clear();
    }

    /// Whether everything that was written survives.
    public boolean synced() {
        return unsynced.isEmpty();
    }

    /// Stops everything; from now on reads see what survived.
    public Damage crash(Loss loss, SeededRandom random) {
        int survived = 0;
        for (var sector : unsynced.entrySet()) {
            List<byte[]> versions = sector.getValue();
            byte[] kept = switch (loss) {
                case NOTHING -> versions.getLast();
                case ALL -> null;
                case SOME -> random.percent(50) ? random.pick(versions) : null;
            };
            if (kept != null) {
                survived++;
                System.arraycopy(kept, 0, durable, sector.getKey() * SECTOR, SECTOR);
            }
        }
        Damage damage = new Damage(unsynced.size(), survived);
        unsynced.clear();
        System.arraycopy(durable, 0, written, 0, written.length);
        return damage;
    }
}
