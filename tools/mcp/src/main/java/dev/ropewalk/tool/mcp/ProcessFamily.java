package dev.ropewalk.tool.mcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/// Finds and ends processes that belong together because their environment carries the same mark in
/// `ROPEWALK_ATTEMPT`: a server, its children, and those that left it. The environment is inherited,
/// so the mark stays when a process changes its parent, group or session. Where there is no `/proc`,
/// a family is what still descends from its first process.
final class ProcessFamily {
    static final String MARK = "ROPEWALK_ATTEMPT";

    private static final Path PROC = Path.of("/proc");
    private static final Duration POLL = Duration.ofMillis(5);

    private ProcessFamily() {}

    /// Every living process whose mark starts with `prefix`; never this one, nor those from whom it
    /// descends: an engine can run inside a task of another.
    static List<ProcessHandle> marked(String prefix) {
        byte[] wanted = ("\0" + MARK + "=" + prefix).getBytes(StandardCharsets.UTF_8);
        Set<Long> ourLine = new HashSet<>();
        Optional<ProcessHandle> ancestor = Optional.of(ProcessHandle.current());
        while (ancestor.isPresent() && ourLine.add(ancestor.get().pid())) {
            ancestor = ancestor.get().parent();
        }
        return living(pid -> !ourLine.contains(pid) && carries(pid, wanted));
    }

    private static List<ProcessHandle> living(LongPredicate condition) {
        try (Stream<Path> entries = Files.isDirectory(PROC) ? Files.list(PROC) : Stream.empty()) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .filter(condition::test)
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean carries(long pid, byte[] wanted) {
        try {
            byte[] environment = Files.readAllBytes(PROC.resolve(pid + "/environ"));
            return contains(environment, wanted);
        } catch (IOException e) {
            return false; // another user's, or gone meanwhile
        }
    }

    /// `wanted` starts with the end of the variable before; the first one has none before it.
    private static boolean contains(byte[] environment, byte[] wanted) {
        for (int at = -1; at <= environment.length - wanted.length; at++) {
            int same = at < 0 ? 1 : 0;
            while (same < wanted.length && environment[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }

    /// `first`, its descendants, and whatever carries `mark`.
    static List<ProcessHandle> of(ProcessHandle first, String mark) {
        List<ProcessHandle> family = new ArrayList<>(marked(mark));
        Stream.concat(Stream.of(first), first.descendants())
                .filter(member -> !family.contains(member))
                .forEach(family::add);
        return family;
    }

    /// Asks the processes to end, and ends those that have not done so within `grace`.
    static void end(List<ProcessHandle> family, Duration grace) {
        family.forEach(ProcessHandle::destroy);
        if (!await(family, grace)) {
            family.forEach(ProcessHandle::destroyForcibly);
            await(family, Duration.ofSeconds(1));
        }
    }

    /// Whether all have ended within `time`.
    static boolean await(List<ProcessHandle> family, Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        try {
            while (family.stream().anyMatch(ProcessFamily::runs)) {
                if (System.nanoTime() - deadline > 0) {
                    return false;
                }
                Thread.sleep(POLL);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// A process that has ended stays a zombie until its parent asks for its exit code, and the parent
    /// of an orphan may never ask.
    private static boolean runs(ProcessHandle member) {
        return member.isAlive() && !isZombie(member.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
        } catch (IOException e) {
            return false; // no /proc here, or gone meanwhile
        }
    }
}
