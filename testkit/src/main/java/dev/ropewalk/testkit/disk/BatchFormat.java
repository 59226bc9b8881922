package dev.ropewalk.testkit.disk;

import dev.ropewalk.store.BalanceRow;
import dev.ropewalk.store.Batch;
import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Batches as bytes, for as long as a simulation lasts.
final class BatchFormat {

    private interface Writing<T> {
        void write(T value) throws IOException;
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private BatchFormat() {}

    static byte[] write(Batch batch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            list(out, batch.frames(), frame -> frame(out, frame));
            list(out, batch.executions(), row -> row(out, row));
            list(out, batch.plans(), plan -> {
                bytes(out, plan.digest());
                out.writeInt(plan.format());
                bytes(out, plan.bytes());
            });
            list(out, batch.blobs(), blob -> blob(out, blob));
            list(out, batch.balances(), balance -> {
                out.writeUTF(balance.key());
                bytes(out, balance.bytes());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Batch read(byte[] record) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
            return new Batch(
                    list(in, () -> frame(in)),
                    list(in, () -> row(in)),
                    list(in, () -> new Batch.PlanRow(bytes(in), in.readInt(), bytes(in))),
                    list(in, () -> blob(in)),
                    list(in, () -> new BalanceRow(in.readUTF(), bytes(in))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void frame(DataOutputStream out, Frame frame) throws IOException {
        out.writeLong(frame.position());
        out.writeLong(frame.execution());
        out.writeLong(frame.epoch());
        out.writeLong(frame.firstSeq());
        out.writeInt(frame.count());
        out.writeInt(frame.format());
        bytes(out, frame.bytes());
        bytes(out, frame.digest());
    }

    private static Frame frame(DataInputStream in) throws IOException {
        return new Frame(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                bytes(in),
                bytes(in));
    }

    private static void row(DataOutputStream out, ExecutionRow row) throws IOException {
        out.writeLong(row.number());
        out.writeUTF(row.namespace());
        out.writeUTF(row.id());
        out.writeUTF(row.workflow());
        out.writeUTF(row.version());
        bytes(out, row.planDigest());
        text(out, row.idempotencyKey());
        bytes(out, row.bodyDigest());
        out.writeUTF(row.status());
        out.writeLong(row.headSeq());
        bytes(out, row.headDigest());
        out.writeLong(row.createdAt());
        out.writeLong(row.startedAt());
        out.writeLong(row.completedAt());
        out.writeLong(row.nextDue());
        list(out, row.tags(), out::writeUTF);
        out.writeUTF(row.metadata());
        text(out, row.errorCode());
        text(out, row.quarantine());
    }

    private static ExecutionRow row(DataInputStream in) throws IOException {
        return new ExecutionRow(
                in.readLong(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                bytes(in),
                text(in),
                bytes(in),
                in.readUTF(),
                in.readLong(),
                bytes(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                list(in, in::readUTF),
                in.readUTF(),
                text(in),
                text(in));
    }

    private static void blob(DataOutputStream out, BlobRef blob) throws IOException {
        out.writeUTF(blob.origin());
        out.writeUTF(blob.id());
        out.writeLong(blob.size());
        bytes(out, blob.sha256());
        out.writeUTF(blob.contentType());
        out.writeUTF(blob.encoding());
    }

    private static BlobRef blob(DataInputStream in) throws IOException {
        return new BlobRef(in.readUTF(), in.readUTF(), in.readLong(), bytes(in), in.readUTF(), in.readUTF());
    }

    private static <T> void list(DataOutputStream out, List<T> values, Writing<T> writing) throws IOException {
        out.writeInt(values.size());
        for (T value : values) {
            writing.write(value);
        }
    }

    private static <T> List<T> list(DataInputStream in, Reading<T> reading) throws IOException {
        int size = in.readInt();
        List<T> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(reading.read());
        }
        return values;
    }

    private static void text(DataOutputStream out, Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        if (text.isPresent()) {
            out.writeUTF(text.get());
        }
    }

    private static Optional<String> text(DataInputStream in) throws IOException {
        return in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty();
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
