package dev.ropewalk.store.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// That this process owns a store: a lock of the operating system on a file that holds the owner's pid.
/// The lock ends with the process, however it ends; the file stays, and the pid in it says nothing by
/// itself.
///
/// A POSIX lock is lost when the process closes *any* descriptor of the file. So a set of the locks held
/// in this process is asked before the file is opened, and nobody else opens it.
final class OwnerLock implements AutoCloseable {
    /// Far behind the pid, which stays readable where locks are mandatory.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final Set<Object> HELD_HERE = new HashSet<>();

    private final Object key;
    private final FileChannel channel;

    private OwnerLock(Object key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /// @throws StoreException `LOCKED`
    static OwnerLock acquire(SqliteLocation location) throws IOException {
        PrivateFiles.ensureFile(location.lock());
        synchronized (HELD_HERE) {
            Object key = key(location.lock());
            if (HELD_HERE.contains(key)) {
                throw locked(
                        location, "this process (pid " + ProcessHandle.current().pid() + ")");
            }
            FileChannel channel = FileChannel.open(location.lock(), StandardOpenOption.READ, StandardOpenOption.WRITE);
            OwnerLock lock = new OwnerLock(key, channel);
            try {
                lock.lock(location);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            HELD_HERE.add(key);
            return lock;
        }
    }

    /// Whether a process owns the store, this one or another.
    static boolean isHeld(SqliteLocation location) throws IOException {
        if (!Files.exists(location.lock())) {
            return false;
        }
        synchronized (HELD_HERE) {
            if (HELD_HERE.contains(key(location.lock()))) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(location.lock(), StandardOpenOption.READ);
                    FileLock free = channel.tryLock(LOCKED_BYTE, 1, true)) {
                return free == null;
            }
        }
    }

    private void lock(SqliteLocation location) throws IOException {
        @Nullable FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
        if (lock == null) {
            ByteBuffer text = ByteBuffer.allocate(20);
            channel.read(text, 0);
            String pid = new String(text.array(), 0, text.position(), US_ASCII);
            throw locked(location, pid.isBlank() ? "another process" : "the process with pid " + pid.strip());
        }
        channel.truncate(0);
        String pid = ProcessHandle.current().pid() + "\n";
        channel.write(ByteBuffer.wrap(pid.getBytes(US_ASCII)), 0);
    }

    private static StoreException locked(SqliteLocation location, String owner) {
        return location.problem(
                Kind.LOCKED,
                ("%s owns it. Wait until it has ended, or use another store with --store sqlite:OTHER.db; commands that"
                                + " only read (list, show, events, logs, result) work beside it")
                        .formatted(owner));
    }

    /// The file itself, by whatever name it is reached.
    private static Object key(Path file) throws IOException {
        Path real = file.toRealPath();
        Object inode = Files.readAttributes(real, BasicFileAttributes.class).fileKey();
        return inode == null ? real : inode;
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD_HERE) {
            HELD_HERE.remove(key);
            channel.close();
        }
    }
}
