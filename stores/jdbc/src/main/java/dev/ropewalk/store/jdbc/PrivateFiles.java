package dev.ropewalk.store.jdbc;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/// Files and directories that only their owner may read, from the moment they exist. Where the file
/// system knows no such permissions, they are as the parent directory makes them.
final class PrivateFiles {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    /// Makes sure that `file` is there, empty if it is new, and that nobody else may read it.
    static void ensureFile(Path file) throws IOException {
        try {
            create(file);
            syncDirectory(parent(file));
        } catch (FileAlreadyExistsException _) {
            if (isPosix(file) && !FILE.containsAll(Files.getPosixFilePermissions(file))) {
                Files.setPosixFilePermissions(file, FILE);
            }
        }
    }

    static void create(Path file) throws IOException {
        Files.createFile(file, attributes(parent(file), FILE));
    }

    /// Makes sure that `directory` and its parents are there; those that are new are private.
    static void ensureDirectory(Path directory) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path existing = directory;
        while (!Files.isDirectory(existing)) {
            missing.push(existing);
            existing = parent(existing);
        }
        for (Path each : missing) {
            try {
                Files.createDirectory(each, attributes(existing, DIRECTORY));
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(each)) {
                    throw e;
                }
            }
            syncDirectory(parent(each));
        }
    }

    /// Makes sure that the names in `directory` survive a power cut. An interrupt neither breaks it off
    /// nor is lost.
    static void syncDirectory(Path directory) throws IOException {
        boolean interrupted = false;
        while (true) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
                break;
            } catch (ClosedByInterruptException _) {
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path parent(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IOException(path + " has no parent directory");
        }
        return parent;
    }

    private static FileAttribute<?>[] attributes(Path near, Set<PosixFilePermission> permissions) throws IOException {
        return isPosix(near)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}
