package dev.ropewalk.testkit.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// Records in a file, one after the other, each with its length and a checksum that covers the one
/// before it too. Reading stops at the first record that is not whole: what comes after it was never
/// synced, because one record is synced before the next is written.
final class WriteAheadLog {

    private static final int HEADER = 2 * Integer.BYTES;

    private final SimulatedDisk disk;
    private int end;
    private int checksum;

    WriteAheadLog(SimulatedDisk disk) {
        this.disk = disk;
    }

    /// Reads what survived, and goes on after it.
    List<byte[]> replay() {
        List<byte[]> records = new ArrayList<>();
        ByteBuffer file = ByteBuffer.wrap(disk.read());
        end = 0;
        checksum = 0;
        while (file.remaining() >= HEADER) {
            int length = file.getInt();
            int expected = file.getInt();
            if (length <= 0 || length > file.remaining()) {
                break;
            }
            byte[] record = new byte[length];
            file.get(record);
            int actual = checksum(record);
            if (actual != expected) {
                break;
            }
            records.add(record);
            end = file.position();
            checksum = actual;
        }
        return records;
    }

    /// Writes a record; it counts once the disk is synced.
    void append(byte[] record) {
        int next = checksum(record);
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + record.length)
                .putInt(record.length)
                .putInt(next)
                .put(record);
        disk.write(end, bytes.array());
        end += HEADER + record.length;
        checksum = next;
    }

    private int checksum(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(checksum)
                .putInt(record.length)
                .flip());
        crc.update(record);
        return (int) crc.getValue();
    }
}
