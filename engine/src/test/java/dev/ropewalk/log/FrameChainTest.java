package dev.ropewalk.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.log.FrameChain.Damage;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FrameChainTest {

    private static final int DAMAGED = 2;

    private final List<Frame> frames = frames(4);

    private static List<Frame> frames(int count) {
        RandomEvents random = new RandomEvents(new SplittableRandom(7));
        List<Frame> frames = new ArrayList<>();
        byte[] previous = FrameChain.start();
        long seq = 1;
        for (int i = 0; i < count; i++) {
            List<LogEvent> events = random.frame(4);
            Frame frame = sealed(previous, 10 + 3L * i, 5, 1 + i / 2, seq, events.size(), EventCodec.encode(events));
            frames.add(frame);
            previous = frame.digest();
            seq = frame.lastSeq() + 1;
        }
        return frames;
    }

    private static Frame sealed(
            byte[] previous, long position, long execution, long epoch, long firstSeq, int count, byte[] bytes) {
        byte[] digest = FrameChain.digest(previous, position, execution, epoch, firstSeq, count, 1, bytes);
        return new Frame(position, execution, epoch, firstSeq, count, 1, bytes, digest);
    }

    @Test
    void a_chain_that_nobody_touched_is_sound() {
        Frame last = frames.getLast();
        assertThat(FrameChain.verify(frames)).isEmpty();
        assertThat(FrameChain.verify(frames, last.lastSeq(), last.digest())).isEmpty();
        assertThat(FrameChain.verify(List.of())).isEmpty();
    }

    @Test
    void a_chain_can_be_followed_from_within() {
        Frame before = frames.get(1);
        FrameChain chain = new FrameChain(before.lastSeq() + 1, before.digest());
        assertThat(chain.next(frames.get(2))).isEmpty();
        assertThat(chain.next(frames.get(3))).isEmpty();
        assertThat(chain.endsAt(frames.get(3).lastSeq(), frames.get(3).digest()))
                .isEmpty();
    }

    @Test
    void every_changed_bit_of_the_events_is_found_and_located() {
        for (int bit = 0; bit < frames.get(DAMAGED).bytes().length * 8; bit++) {
            Frame frame = frames.get(DAMAGED);
            assertFoundAtDamaged(new Frame(
                    frame.position(),
                    frame.execution(),
                    frame.epoch(),
                    frame.firstSeq(),
                    frame.count(),
                    frame.format(),
                    flipped(frame.bytes(), bit),
                    frame.digest()));
        }
    }

    @Test
    void every_changed_bit_of_the_digest_is_found_and_located() {
        for (int bit = 0; bit < FrameChain.DIGEST_BYTES * 8; bit++) {
            Frame frame = frames.get(DAMAGED);
            assertFoundAtDamaged(new Frame(
                    frame.position(),
                    frame.execution(),
                    frame.epoch(),
                    frame.firstSeq(),
                    frame.count(),
                    frame.format(),
                    frame.bytes(),
                    flipped(frame.digest(), bit)));
        }
    }

    @Test
    void every_changed_bit_of_the_other_fields_is_found_and_located() {
        for (int bit = 0; bit < 64; bit++) {
            Frame f = frames.get(DAMAGED);
            long flip = 1L << bit;
            int intFlip = 1 << bit % 32;
            assertFoundAtDamaged(new Frame(
                    f.position() ^ flip, f.execution(), f.epoch(), f.firstSeq(), f.count(), 1, f.bytes(), f.digest()));
            assertFoundAtDamaged(new Frame(
                    f.position(), f.execution() ^ flip, f.epoch(), f.firstSeq(), f.count(), 1, f.bytes(), f.digest()));
            assertFoundAtDamaged(new Frame(
                    f.position(), f.execution(), f.epoch() ^ flip, f.firstSeq(), f.count(), 1, f.bytes(), f.digest()));
            assertFoundAtDamaged(new Frame(
                    f.position(), f.execution(), f.epoch(), f.firstSeq() ^ flip, f.count(), 1, f.bytes(), f.digest()));
            assertFoundAtDamaged(new Frame(
                    f.position(),
                    f.execution(),
                    f.epoch(),
                    f.firstSeq(),
                    f.count() ^ intFlip,
                    1,
                    f.bytes(),
                    f.digest()));
            assertFoundAtDamaged(new Frame(
                    f.position(),
                    f.execution(),
                    f.epoch(),
                    f.firstSeq(),
                    f.count(),
                    1 ^ intFlip,
                    f.bytes(),
                    f.digest()));
        }
    }

    private void assertFoundAtDamaged(Frame damaged) {
        List<Frame> changed = new ArrayList<>(frames);
        changed.set(DAMAGED, damaged);
        assertThat(FrameChain.verify(changed)).hasValueSatisfying(damage -> {
            assertThat(damage.seq()).isEqualTo(frames.get(DAMAGED).firstSeq());
            assertThat(damage.position()).isEqualTo(damaged.position());
        });
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    @Test
    void a_frame_that_is_missing_doubled_or_moved_is_found() {
        long third = frames.get(2).firstSeq();
        assertThat(FrameChain.verify(List.of(frames.get(0), frames.get(1), frames.get(3))))
                .map(Damage::seq)
                .hasValue(third);
        assertThat(FrameChain.verify(List.of(frames.get(0), frames.get(1), frames.get(1))))
                .map(Damage::seq)
                .hasValue(third);
        assertThat(FrameChain.verify(List.of(frames.get(1), frames.get(0))))
                .map(Damage::seq)
                .hasValue(1L);
        assertThat(FrameChain.verify(frames.subList(1, 4))).map(Damage::seq).hasValue(1L);
    }

    @Test
    void a_frame_of_an_older_owner_is_found_even_if_its_digest_is_right() {
        Frame last = frames.getLast();
        Frame stale = sealed(
                last.digest(), last.position() + 1, last.execution(), 1, last.lastSeq() + 1, 1, new byte[] {17, 0});
        List<Frame> changed = new ArrayList<>(frames);
        changed.add(stale);
        assertThat(FrameChain.verify(changed))
                .hasValueSatisfying(damage -> assertThat(damage.reason()).contains("epoch 1 follows"));
    }

    @Test
    void a_log_that_was_cut_off_is_found_by_its_head() {
        Frame last = frames.getLast();
        assertThat(FrameChain.verify(frames.subList(0, 3), last.lastSeq(), last.digest()))
                .hasValueSatisfying(damage -> {
                    assertThat(damage.seq()).isEqualTo(last.firstSeq());
                    assertThat(damage.reason()).contains("its head is event " + last.lastSeq());
                });
        assertThat(FrameChain.verify(frames, last.lastSeq(), FrameChain.start()))
                .hasValueSatisfying(damage -> assertThat(damage.reason()).contains("another digest"));
        assertThat(FrameChain.verify(List.of(frames.get(1)), last.lastSeq(), last.digest()))
                .isPresent();
    }

    @Test
    void damage_is_told_with_its_place() {
        Damage damage = new Damage(5, 16, 9, "the digest of the frame does not match what it holds");
        assertThat(damage.asException())
                .hasMessage("execution 5 is damaged from event 9 on (log position 16): the digest of the frame does not"
                        + " match what it holds")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT));
    }
}
