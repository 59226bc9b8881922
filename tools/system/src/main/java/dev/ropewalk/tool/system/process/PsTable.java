package dev.ropewalk.tool.system.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Systems without `/proc`, such as macOS: the command `ps`. It is slower, and it shows neither the
/// environment of other processes nor what they consumed.
final class PsTable implements ProcessTable {

    @Override
    public List<ProcessEntry> snapshot() {
        List<ProcessEntry> entries = new ArrayList<>();
        for (String line : ps()) {
            entry(line).ifPresent(entries::add);
        }
        return entries;
    }

    /// `pid ppid pgid state start`, where the start is a date of five words. `ps` has no portable
    /// column for the session; the group stands for it.
    private static Optional<ProcessEntry> entry(String line) {
        String[] fields = line.strip().split("\\s+", 5);
        if (fields.length < 5) {
            return Optional.empty();
        }
        long group = Long.parseLong(fields[2]);
        boolean alive = !fields[3].startsWith("Z");
        long started = fields[4].hashCode();
        return Optional.of(new ProcessEntry(
                Long.parseLong(fields[0]), Long.parseLong(fields[1]), group, group, started, alive, 0));
    }

    @Override
    public List<ProcessEntry> since(long pid) {
        return snapshot();
    }

    @Override
    public Optional<ProcessEntry> find(long pid) {
        return snapshot().stream().filter(entry -> entry.pid() == pid).findFirst();
    }

    @Override
    public Optional<String> mark(ProcessEntry process) {
        return Optional.empty();
    }

    @Override
    public Optional<ResidentSet> memory(ProcessEntry process) {
        return Optional.empty();
    }

    private static List<String> ps() {
        ProcessBuilder builder = new ProcessBuilder("ps", "-A", "-o", "pid=,ppid=,pgid=,stat=,lstart=");
        builder.environment().put("LC_ALL", "C");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list processes: the command ps does not run", e);
        }
    }
}
