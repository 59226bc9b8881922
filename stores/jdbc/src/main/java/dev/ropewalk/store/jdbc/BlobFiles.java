package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.Store.BlobSource;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values out of line: a file each in `<store>.blobs`. A name is made of the owner's epoch and a count,
/// so it is new for ever, and nothing that a user wrote gets into it. Safe for use by several threads.
final class BlobFiles {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final Pattern OURS = Pattern.compile("e[0-9]+n[0-9]+(\\.part)?");
    private static final String PART = ".part";
    private static final int BUFFER_BYTES = 64 * 1024;

    private final SqliteLocation location;
    private final SqliteErrors errors;
    private final AtomicLong count = new AtomicLong();

    BlobFiles(SqliteLocation location) {
        this.location = location;
        this.errors = new SqliteErrors(location);
    }

    /// Writes under a name that does not count, syncs, renames, syncs the name.
    ///
    /// @throws StoreException `FULL`; `FAILED` if a sync failed
    /// @throws IOException what `source` throws, or a failed write
    BlobRef write(long epoch, String execution, String contentType, BlobSource source) throws IOException {
        String id = "e" + epoch + "n" + count.incrementAndGet();
        Path part = location.blobs().resolve(id + PART);
        boolean done = false;
        try (BlobPart file = create(part)) {
            OutputStream out = new BufferedOutputStream(file, BUFFER_BYTES);
            source.writeTo(out);
            out.flush();
            file.sync();
            rename(part, location.blobs().resolve(id));
            done = true;
            return new BlobRef(execution, id, file.size(), file.sha256(), contentType, BlobRef.IDENTITY);
        } finally {
            if (!done) {
                Files.deleteIfExists(part);
            }
        }
    }

    private BlobPart create(Path part) throws IOException {
        try {
            if (!Files.isDirectory(location.blobs())) {
                PrivateFiles.ensureDirectory(location.blobs());
            }
            PrivateFiles.create(part);
            return new BlobPart(part, errors);
        } catch (IOException e) {
            throw errors.unlessFull(e, location.database());
        }
    }

    private void rename(Path part, Path file) {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            PrivateFiles.syncDirectory(location.blobs());
        } catch (IOException e) {
            throw errors.failed(errors.unlessFull(e, file));
        }
    }

    /// @throws StoreException `CORRUPT` at once if the file is missing or has another size, and at the end
    ///     of the stream if it holds other bytes
    InputStream read(BlobRef ref) {
        if (!ID.matcher(ref.id()).matches()) {
            throw location.problem(Kind.CORRUPT, "a value out of line has an impossible name");
        }
        Path file = location.blobs().resolve(ref.id());
        try {
            long size = Files.size(file);
            if (size != ref.size()) {
                throw damaged(ref, "it has %d bytes instead of %d".formatted(size, ref.size()), null);
            }
            return new VerifiedBlob(Files.newInputStream(file), ref, what -> damaged(ref, what, null));
        } catch (NoSuchFileException e) {
            throw damaged(ref, "it is missing", e);
        } catch (IOException e) {
            throw damaged(ref, "it cannot be read: " + e.getMessage(), e);
        }
    }

    private StoreException damaged(BlobRef ref, String what, @Nullable IOException cause) {
        return location.problem(
                Kind.CORRUPT,
                "value %s of execution %s is damaged: %s; restore %s from a backup"
                        .formatted(ref.id(), ref.origin(), what, location.blobs()),
                cause);
    }

    /// Deletes what no batch has named: nobody will ever ask for it. Called before anything is written.
    void sweep(Set<String> registered) throws IOException {
        if (!Files.isDirectory(location.blobs())) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(location.blobs())) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (OURS.matcher(name).matches() && !registered.contains(name)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
