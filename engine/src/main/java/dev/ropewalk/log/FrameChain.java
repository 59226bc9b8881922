package dev.ropewalk.log;

import dev.ropewalk.store.Frame;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/// The digests that chain the frames of an execution: each covers the one before it and every field
/// of its frame, so that a changed bit, a frame left out, put in or moved is found, and located.
///
/// An instance checks the frames of one execution as they are read, page by page. A log cut off at
/// its end is still a chain: only a known head shows it, see [#endsAt].
public final class FrameChain {

    /// The length of a digest.
    public static final int DIGEST_BYTES = 32;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int FIELDS = 4 * Long.BYTES + 2 * Integer.BYTES;

    private static final ThreadLocal<Hasher> HASHER = ThreadLocal.withInitial(Hasher::new);

    /// Where a chain is broken.
    ///
    /// @param position of the first bad frame in the log
    /// @param seq of the first event that cannot be trusted
    /// @param reason for people
    public record Damage(long execution, long position, long seq, String reason) {

        public StoreException asException() {
            return new StoreException(
                    Kind.CORRUPT,
                    "execution %d is damaged from event %d on (log position %d): %s"
                            .formatted(execution, seq, position, reason));
        }
    }

    private static final class Hasher {
        private final byte[] fields = new byte[FIELDS];
        private final MessageDigest sha256 = sha256();

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    private byte[] head;
    private long nextSeq;
    private long lastPosition;
    private long lastEpoch;
    private boolean empty = true;
    private long execution;

    /// From the first frame of an execution.
    public FrameChain() {
        this(1, start());
    }

    /// From within a log whose frames before are known to be sound.
    ///
    /// @param nextSeq the number of the next event
    /// @param head the digest of the frame before
    public FrameChain(long nextSeq, byte[] head) {
        this.nextSeq = nextSeq;
        this.head = head;
    }

    /// The digest in front of an execution's first frame.
    public static byte[] start() {
        return new byte[DIGEST_BYTES];
    }

    /// The digest of a frame with these fields.
    ///
    /// @param previous the digest of the execution's frame before
    public static byte[] digest(
            byte[] previous,
            long position,
            long execution,
            long epoch,
            long firstSeq,
            int count,
            int format,
            byte[] bytes) {
        Hasher hasher = HASHER.get();
        byte[] fields = hasher.fields;
        LONG.set(fields, 0, position);
        LONG.set(fields, 8, execution);
        LONG.set(fields, 16, epoch);
        LONG.set(fields, 24, firstSeq);
        INT.set(fields, 32, count);
        INT.set(fields, 36, format);
        hasher.sha256.update(previous);
        hasher.sha256.update(fields);
        return hasher.sha256.digest(bytes);
    }

    /// The first damage in the frames of one execution, from its first.
    public static Optional<Damage> verify(Iterable<Frame> frames) {
        FrameChain chain = new FrameChain();
        for (Frame frame : frames) {
            Optional<Damage> damage = chain.next(frame);
            if (damage.isPresent()) {
                return damage;
            }
        }
        return Optional.empty();
    }

    /// As [#verify(Iterable)], and whether the frames reach up to a known head.
    public static Optional<Damage> verify(Iterable<Frame> frames, long headSeq, byte[] headDigest) {
        FrameChain chain = new FrameChain();
        for (Frame frame : frames) {
            Optional<Damage> damage = chain.next(frame);
            if (damage.isPresent()) {
                return damage;
            }
        }
        return chain.endsAt(headSeq, headDigest);
    }

    /// Checks the next frame; after damage the chain is of no use any more.
    public Optional<Damage> next(Frame frame) {
        if (!empty && frame.execution() != execution) {
            return damage(frame, "the frame belongs to execution %d".formatted(frame.execution()));
        }
        execution = frame.execution();
        if (frame.firstSeq() != nextSeq || frame.count() < 1) {
            return damage(
                    frame,
                    "event %d should be next, the frame holds %d from %d"
                            .formatted(nextSeq, frame.count(), frame.firstSeq()));
        }
        if (frame.position() <= lastPosition || frame.epoch() < lastEpoch) {
            return damage(
                    frame,
                    "position %d of epoch %d follows position %d of epoch %d"
                            .formatted(frame.position(), frame.epoch(), lastPosition, lastEpoch));
        }
        byte[] expected = digest(
                head,
                frame.position(),
                frame.execution(),
                frame.epoch(),
                frame.firstSeq(),
                frame.count(),
                frame.format(),
                frame.bytes());
        if (!Arrays.equals(expected, frame.digest())) {
            return damage(frame, "the digest of the frame does not match what it holds");
        }
        empty = false;
        head = expected;
        nextSeq = frame.lastSeq() + 1;
        lastPosition = frame.position();
        lastEpoch = frame.epoch();
        return Optional.empty();
    }

    /// Whether the frames so far end where they should, or some were cut off.
    public Optional<Damage> endsAt(long headSeq, byte[] headDigest) {
        if (nextSeq - 1 == headSeq && Arrays.equals(head, headDigest)) {
            return Optional.empty();
        }
        return Optional.of(new Damage(
                execution,
                lastPosition + 1,
                Math.min(nextSeq, headSeq + 1),
                "the log ends with event %d, but its head is event %d%s"
                        .formatted(nextSeq - 1, headSeq, nextSeq - 1 == headSeq ? " with another digest" : "")));
    }

    private Optional<Damage> damage(Frame frame, String reason) {
        return Optional.of(new Damage(execution, frame.position(), nextSeq, reason));
    }
}
