package dev.ropewalk.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ropewalk.log.FrameChain;
import dev.ropewalk.store.Batch.PlanRow;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/// An execution to fill a store with: says what its row holds, and keeps its chain of frames.
public final class SampleExecution {
    private static final long CREATED_AT = 1_700_000_000_000_000L;

    private final long number;
    private String namespace = "";
    private String id;
    private String workflow = "report";
    private String plan = "a plan";
    private Optional<String> key = Optional.empty();
    private String status = "PENDING";
    private List<String> tags = List.of();
    private String metadata = "{}";
    private Optional<String> errorCode = Optional.empty();
    private long headSeq;
    private byte[] headDigest = FrameChain.start();

    SampleExecution(long number) {
        this.number = number;
        this.id = "run-" + number;
    }

    public SampleExecution namespace(String text) {
        namespace = text;
        return this;
    }

    public SampleExecution id(String text) {
        id = text;
        return this;
    }

    public SampleExecution workflow(String text) {
        workflow = text;
        return this;
    }

    public SampleExecution plan(String text) {
        plan = text;
        return this;
    }

    public SampleExecution key(String text) {
        key = Optional.of(text);
        return this;
    }

    public SampleExecution status(String name) {
        status = name;
        return this;
    }

    public SampleExecution tags(String... texts) {
        tags = List.of(texts);
        return this;
    }

    public SampleExecution metadata(String json) {
        metadata = json;
        return this;
    }

    public SampleExecution errorCode(String code) {
        errorCode = Optional.of(code);
        return this;
    }

    public long number() {
        return number;
    }

    public String id() {
        return id;
    }

    public PlanRow planRow() {
        byte[] bytes = plan.getBytes(UTF_8);
        return new PlanRow(sha256(bytes), 1, bytes);
    }

    /// The next frame, with `count` events of made-up bytes that differ from frame to frame.
    public Frame frame(long position, long epoch, int count) {
        byte[] bytes = "execution %d, events %d to %d; "
                .formatted(number, headSeq + 1, headSeq + count)
                .repeat(count)
                .getBytes(UTF_8);
        byte[] digest = FrameChain.digest(headDigest, position, number, epoch, headSeq + 1, count, 1, bytes);
        Frame frame = new Frame(position, number, epoch, headSeq + 1, count, 1, bytes, digest);
        headSeq = frame.lastSeq();
        headDigest = digest;
        return frame;
    }

    /// The row after the last [#frame].
    public ExecutionRow row() {
        boolean ended = List.of("COMPLETED", "FAILED", "CANCELLED", "TIMED_OUT").contains(status);
        return new ExecutionRow(
                number,
                namespace,
                id,
                workflow,
                "1.0",
                planRow().digest(),
                key,
                sha256(id.getBytes(UTF_8)),
                status,
                headSeq,
                headDigest,
                CREATED_AT + number,
                status.equals("PENDING") ? 0 : CREATED_AT + 1000,
                ended ? CREATED_AT + 2000 : 0,
                ended ? 0 : CREATED_AT + headSeq,
                tags,
                metadata,
                errorCode,
                Optional.empty());
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
