package dev.ropewalk.log;

import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.ResourceGrant;
import dev.ropewalk.execution.ResourceUse;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.execution.TaskRanges;
import dev.ropewalk.plan.Payload;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The encoding of what events are made of. A change of any of these forms is a new version of every
/// event type that holds it.
final class Values {

    // The header of a stored value: one of these, or the length of an inline JSON value plus JSON_FROM.
    private static final int NULL = 0;
    private static final int COLLECTED = 1;
    private static final int EXTERNAL = 2;
    private static final int INLINE = 3;
    private static final int JSON_FROM = 8;

    // The flags of a failure.
    private static final int RETRYABLE = 1;
    private static final int RETRY_AFTER = 2;
    private static final int CONTEXT = 4;

    // The forms of a digest in hex.
    private static final int NO_DIGEST = 0;
    private static final int SHA_256 = 1;
    private static final int OTHER_DIGEST = 2;
    private static final int SHA_256_BYTES = 32;

    private Values() {}

    static void write(ByteWriter out, StoredValue value) {
        switch (value) {
            case StoredValue.Inline(Payload payload) -> {
                if (payload.equals(Payload.NULL)) {
                    out.writeUnsigned(NULL);
                } else if (payload.contentType().equals(Payload.JSON)) {
                    out.writeUnsigned((long) payload.size() + JSON_FROM);
                    out.writeBytes(payload.bytes());
                } else {
                    out.writeUnsigned(INLINE);
                    write(out, payload);
                }
            }
            case StoredValue.External external -> {
                out.writeUnsigned(EXTERNAL);
                out.writeText(external.origin());
                out.writeText(external.blob());
                out.writeNatural(external.size(), "the size of a blob");
                out.writeUnsigned(external.sha256().length);
                out.writeBytes(external.sha256());
                out.writeText(external.contentType());
                out.writeText(external.encoding());
            }
            case StoredValue.Collected _ -> out.writeUnsigned(COLLECTED);
        }
    }

    static StoredValue readValue(ByteReader in) {
        int header = in.readInt("the header of a value");
        return switch (header) {
            case NULL -> StoredValue.NULL;
            case COLLECTED -> new StoredValue.Collected();
            case EXTERNAL ->
                new StoredValue.External(
                        in.readText(),
                        in.readText(),
                        in.readNatural("the size of a blob"),
                        in.readBytes(in.readCount(1, "bytes of a blob's digest")),
                        in.readText(),
                        in.readText());
            case INLINE -> new StoredValue.Inline(readPayload(in));
            default -> {
                if (header < JSON_FROM) {
                    throw in.corrupt("a value of the unknown form " + header);
                }
                yield new StoredValue.Inline(Payload.of(in.readBytes(header - JSON_FROM), Payload.JSON));
            }
        };
    }

    private static void write(ByteWriter out, Payload payload) {
        out.writeText(payload.contentType());
        out.writeUnsigned(payload.size());
        out.writeBytes(payload.bytes());
    }

    private static Payload readPayload(ByteReader in) {
        String contentType = in.readText();
        return Payload.of(in.readBytes(in.readInt("the size of a value")), contentType);
    }

    static void write(ByteWriter out, Failure failure) {
        boolean context = !failure.context().equals(Payload.EMPTY_OBJECT);
        out.writeByte((failure.retryable() ? RETRYABLE : 0)
                | (failure.retryAfterMicros() != 0 ? RETRY_AFTER : 0)
                | (context ? CONTEXT : 0));
        out.writeText(failure.code());
        out.writeText(failure.message());
        if (failure.retryAfterMicros() != 0) {
            out.writeSigned(failure.retryAfterMicros());
        }
        if (context) {
            write(out, failure.context());
        }
    }

    static Failure readFailure(ByteReader in) {
        int flags = in.readByte();
        if (flags > (RETRYABLE | RETRY_AFTER | CONTEXT)) {
            throw in.corrupt("a failure with the unknown flags " + flags);
        }
        return new Failure(
                in.readText(),
                in.readText(),
                (flags & RETRYABLE) != 0,
                (flags & RETRY_AFTER) != 0 ? in.readSigned() : 0,
                (flags & CONTEXT) != 0 ? readPayload(in) : Payload.EMPTY_OBJECT);
    }

    static void write(ByteWriter out, List<ResourceUse> usage) {
        out.writeUnsigned(usage.size());
        for (int i = 0; i < usage.size(); i++) {
            ResourceUse use = usage.get(i);
            out.writeText(use.type());
            out.writeText(use.unit());
            out.writeSigned(use.milliAmount());
            out.writeSigned(use.microCost());
        }
    }

    static List<ResourceUse> readUsage(ByteReader in) {
        int count = in.readCount(4, "measured consumptions");
        if (count == 0) {
            return List.of();
        }
        List<ResourceUse> usage = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            usage.add(new ResourceUse(in.readText(), in.readText(), in.readSigned(), in.readSigned()));
        }
        return List.copyOf(usage);
    }

    static void writeGrants(ByteWriter out, List<ResourceGrant> grants) {
        out.writeUnsigned(grants.size());
        for (int i = 0; i < grants.size(); i++) {
            ResourceGrant grant = grants.get(i);
            out.writeByte(Codes.of(grant.kind()));
            out.writeText(grant.name());
            out.writeNatural(grant.amount(), "a granted amount");
            if (grant.kind() == ResourceGrant.Kind.POOL) {
                out.writeText(grant.type());
                out.writeText(grant.unit());
                out.writeNatural(grant.microCostPerHour(), "the cost of an hour");
            }
        }
    }

    static List<ResourceGrant> readGrants(ByteReader in) {
        int count = in.readCount(3, "grants");
        if (count == 0) {
            return List.of();
        }
        List<ResourceGrant> grants = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ResourceGrant.Kind kind = Codes.readGrantKind(in);
            String name = in.readText();
            long amount = in.readNatural("a granted amount");
            grants.add(
                    kind == ResourceGrant.Kind.POOL
                            ? new ResourceGrant(
                                    kind,
                                    name,
                                    amount,
                                    in.readText(),
                                    in.readText(),
                                    in.readNatural("the cost of an hour"))
                            : new ResourceGrant(kind, name, amount));
        }
        return List.copyOf(grants);
    }

    /// Each range as the distance of its first from the last of the range before, and its size less
    /// one. Ranges keep their order, which need not be ascending.
    static void write(ByteWriter out, TaskRanges ranges) {
        int[] bounds = ranges.bounds();
        if ((bounds.length & 1) != 0) {
            throw new IllegalArgumentException("ranges with an odd number of bounds: " + ranges);
        }
        out.writeUnsigned(bounds.length >> 1);
        int last = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] < 0) {
                throw new IllegalArgumentException("a range from a negative index: " + ranges);
            }
            out.writeSigned((long) bounds[i] - last);
            last = bounds[i + 1];
            out.writeNatural((long) last - bounds[i], "the size of a range");
        }
    }

    static TaskRanges readRanges(ByteReader in) {
        int[] bounds = new int[2 * in.readCount(2, "ranges of tasks")];
        long last = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            long first = last + in.readSigned();
            last = first + in.readInt("the size of a range");
            if (first < 0 || first > last || last > Integer.MAX_VALUE) {
                throw in.corrupt("a range of tasks from %d to %d".formatted(first, last));
            }
            bounds[i] = (int) first;
            bounds[i + 1] = (int) last;
        }
        return new TaskRanges(bounds);
    }

    /// A SHA-256 in lower-case hex takes 33 bytes; anything else is kept as the text it is.
    static void writeDigest(ByteWriter out, String hex) {
        if (hex.isEmpty()) {
            out.writeByte(NO_DIGEST);
            return;
        }
        out.writeByte(SHA_256);
        if (hex.length() != 2 * SHA_256_BYTES || !out.writeHex(hex)) {
            out.dropByte();
            out.writeByte(OTHER_DIGEST);
            out.writeText(hex);
        }
    }

    static String readDigest(ByteReader in) {
        int form = in.readByte();
        return switch (form) {
            case NO_DIGEST -> "";
            case SHA_256 -> HexFormat.of().formatHex(in.readBytes(SHA_256_BYTES));
            case OTHER_DIGEST -> in.readText();
            default -> throw in.corrupt("a digest of the unknown form " + form);
        };
    }
}
