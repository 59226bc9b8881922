package dev.ropewalk.tool.system.process;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Ends processes: asks first, then forces, until none is left.
final class Signals {
    /// How long forcing is repeated before giving up; only a process that hangs inside the kernel
    /// outlives a SIGKILL.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ProcessTable table;

    Signals(ProcessTable table) {
        this.table = table;
    }

    /// Sends SIGTERM to each of `alive` once, those that appear later included, and after `grace`
    /// SIGKILL to whatever is left, repeatedly. Must not run on a thread that others interrupt.
    ///
    /// @param alive asked again and again for those still alive
    /// @param group the process group to be killed as a whole if killing one by one is too slow
    /// @return whether none is left
    boolean end(Supplier<List<ProcessEntry>> alive, Duration grace, Optional<Long> group) {
        long killAt = System.nanoTime() + grace.toNanos();
        Set<List<Long>> asked = new HashSet<>();
        long pause = FIRST_PAUSE_NANOS;
        int kills = 0;
        while (true) {
            List<ProcessEntry> left = alive.get();
            if (left.isEmpty()) {
                // One look can miss a process whose parent ended while the table was read.
                left = alive.get();
            }
            long late = System.nanoTime() - killAt;
            if (left.isEmpty() || late > PATIENCE.toNanos()) {
                return left.isEmpty();
            }
            if (late >= 0) {
                left.forEach(process -> signal(process, true));
                if (kills++ > 0 && group.isPresent()) {
                    killGroup(group.get(), left);
                }
            } else {
                left.stream()
                        .filter(process -> asked.add(List.of(process.pid(), process.started())))
                        .forEach(process -> signal(process, false));
                pause = Math.min(pause, Math.max(-late, 1));
            }
            LockSupport.parkNanos(pause);
            pause = Math.clamp(pause * 2, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
        }
    }

    /// The handle is taken first and the process looked up again afterwards: if that is still the
    /// one meant, so is the handle's, and the JDK compares its start time once more when it
    /// signals.
    private void signal(ProcessEntry process, boolean force) {
        ProcessHandle.of(process.pid())
                .filter(_ -> table.find(process.pid()).filter(process::isSame).isPresent())
                .ifPresent(handle -> {
                    if (force) {
                        handle.destroyForcibly();
                    } else {
                        handle.destroy();
                    }
                });
    }

    /// Kills a group in one step, which a program that forks faster than we look cannot outrun. The
    /// JDK has no call for it; the shell's own `kill` does.
    private static void killGroup(long group, List<ProcessEntry> members) {
        if (members.stream().noneMatch(member -> member.group() == group)) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "kill -KILL -" + group);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            builder.start().onExit().join();
        } catch (IOException processTableFull) {
            // The next round kills one by one again.
        }
    }
}
