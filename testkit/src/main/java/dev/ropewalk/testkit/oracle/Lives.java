package dev.ropewalk.testkit.oracle;

import dev.ropewalk.testkit.VirtualClock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// When processes lived, and what their clocks showed. The wall clock may jump between two of them;
/// how long they lived together does not.
final class Lives {

    private record Life(long wallAtStart, long upAtStart) {}

    private final VirtualClock clock;
    private final Map<Long, Life> lives = new HashMap<>();
    private final Set<Long> shutDown = new HashSet<>();
    private long upBefore;
    private long aliveSince = -1;
    private long latestWall;
    private long wallOffset;
    private boolean wentBack;

    Lives(VirtualClock clock) {
        this.clock = clock;
    }

    void begin(long epoch, long wallMicros) {
        aliveSince = clock.micros();
        wentBack |= wallMicros < latestWall;
        wallOffset = wallMicros - clock.micros();
        lives.put(epoch, new Life(wallMicros, upBefore));
    }

    void shutDown(long epoch) {
        shutDown.add(epoch);
    }

    boolean shutsDown(long epoch) {
        return shutDown.contains(epoch);
    }

    /// Whether the wall clock of a process ever began before that of an earlier one ended. Until it has
    /// made up for that, the times of events stand still.
    boolean wallWentBack() {
        return wentBack;
    }

    void end() {
        latestWall = Math.max(latestWall, clock.micros() + wallOffset);
        upBefore = upMicros();
        aliveSince = -1;
    }

    long upMicros() {
        return upBefore + (aliveSince < 0 ? 0 : clock.micros() - aliveSince);
    }

    long upMicros(long epoch, long at) {
        Life life = lives.get(epoch);
        if (life == null) {
            throw new Violation("I9", "an event of epoch %d, in which no process lived".formatted(epoch));
        }
        return Math.min(upMicros(), life.upAtStart() + Math.max(0, at - life.wallAtStart()));
    }
}
