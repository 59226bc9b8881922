package dev.ropewalk.value;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A temporary file that only this process can read. Where the system allows it the name is removed
/// at once, so nothing is left behind even by a process that is killed.
///
/// Not a `FileChannel`: that is closed for everybody when a thread that uses it is interrupted, and
/// attempts are interrupted.
final class SpillFile {

    private static final Logger log = LoggerFactory.getLogger(SpillFile.class);

    private final Path path;
    private final RandomAccessFile file;

    private SpillFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    static SpillFile in(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path path = Files.createTempFile(directory, "output-", ".tmp");
        try {
            return new SpillFile(path, new RandomAccessFile(path.toFile(), "rw"));
        } finally {
            remove(path);
        }
    }

    void write(long position, byte[] bytes, int from, int length) throws IOException {
        file.seek(position);
        file.write(bytes, from, length);
    }

    int read(long position, byte[] into, int from, int length) throws IOException {
        file.seek(position);
        return file.read(into, from, length);
    }

    void close() {
        try {
            file.close();
        } catch (IOException e) {
            log.warn("Temporary file not closed path={}", path, e);
        }
        remove(path);
    }

    /// Some systems keep the name of a file that is open; there it is removed at the end.
    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.debug("Temporary file not removed yet path={}", path, e);
        }
    }
}
