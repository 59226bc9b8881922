package dev.ropewalk.tool.system.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Linux: the files under `/proc`. A snapshot of 100 processes costs about half a millisecond.
///
/// A mark, once read, is remembered as long as the process lives. That a process has none is not: it
/// may be about to become the program that gets one.
///
/// Source: proc(5), `/proc/[pid]/stat`, `environ` and `status`.
final class ProcFs implements ProcessTable {
    /// USER_HZ, the unit of CPU times in `/proc`, is 100 on every architecture that has a JDK 25.
    private static final long MILLIS_PER_TICK = 10;

    private static final byte[] MARK_PREFIX = (MARK + "=").getBytes(UTF_8);

    private static final int ONE_READ = 2048;

    /// Up to so many numbers are tried one by one, which is cheaper than listing all processes.
    private static final long FEW = 32;

    private final Path root;
    private final SharedLook<ProcessEntry> all = new SharedLook<>(() -> read(_ -> true));
    private final Map<Long, Marked> marks = new ConcurrentHashMap<>();

    private record Marked(long started, String mark) {}

    ProcFs(Path root) {
        this.root = root;
    }

    @Override
    public List<ProcessEntry> snapshot() {
        List<ProcessEntry> entries = all.get();
        if (marks.size() > entries.size()) {
            marks.keySet().retainAll(entries.stream().map(ProcessEntry::pid).collect(Collectors.toSet()));
        }
        return entries;
    }

    /// Numbers are given out in turn and begin again at the highest, and `loadavg` tells the last one.
    @Override
    public List<ProcessEntry> since(long pid) {
        Optional<Long> last = lastNumber();
        if (last.isEmpty()) {
            return snapshot();
        }
        long newest = last.get();
        if (newest >= pid && newest - pid <= FEW) {
            return LongStream.rangeClosed(pid, newest)
                    .filter(number ->
                            root.resolve(Long.toString(number)).toFile().exists())
                    .mapToObj(this::find)
                    .flatMap(Optional::stream)
                    .toList();
        }
        return read(number -> newest >= pid ? number >= pid && number <= newest : number >= pid || number <= newest);
    }

    private Optional<Long> lastNumber() {
        return read(root.resolve("loadavg"))
                .map(bytes -> new String(bytes, ISO_8859_1).strip())
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .filter(number -> number.matches("\\d{1,18}"))
                .map(Long::parseLong);
    }

    private List<ProcessEntry> read(LongPredicate wanted) {
        String[] names = root.toFile().list();
        List<ProcessEntry> entries = new ArrayList<>();
        for (String name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0)) && wanted.test(Long.parseLong(name))) {
                find(Long.parseLong(name)).ifPresent(entries::add);
            }
        }
        return List.copyOf(entries);
    }

    @Override
    public Optional<ProcessEntry> find(long pid) {
        return read(pid, "stat").flatMap(bytes -> entry(pid, new String(bytes, ISO_8859_1)));
    }

    /// The second field is the program's name in parentheses and may itself hold spaces and
    /// parentheses, so fields are counted from the last one that closes.
    private static Optional<ProcessEntry> entry(long pid, String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (fields.length < 20) {
            return Optional.empty();
        }
        char state = fields[0].charAt(0);
        // A process whose first thread has ended looks like a zombie while its other threads run.
        boolean alive = (state != 'Z' && state != 'X') || number(fields[17]) > 1;
        long ticks = number(fields[11]) + number(fields[12]) + number(fields[13]) + number(fields[14]);
        return Optional.of(new ProcessEntry(
                pid,
                number(fields[1]),
                number(fields[2]),
                number(fields[3]),
                number(fields[19]),
                alive,
                ticks * MILLIS_PER_TICK));
    }

    @Override
    public Optional<String> mark(ProcessEntry process) {
        Marked known = marks.get(process.pid());
        if (known != null && known.started() == process.started()) {
            return Optional.of(known.mark());
        }
        Optional<String> mark = read(process.pid(), "environ").flatMap(ProcFs::mark);
        mark.ifPresent(value -> marks.put(process.pid(), new Marked(process.started(), value)));
        return mark;
    }

    private static Optional<String> mark(byte[] environ) {
        int start = 0;
        for (int end = 0; end <= environ.length; end++) {
            if (end == environ.length || environ[end] == 0) {
                if (startsWithMark(environ, start, end)) {
                    int value = start + MARK_PREFIX.length;
                    return Optional.of(new String(environ, value, end - value, UTF_8));
                }
                start = end + 1;
            }
        }
        return Optional.empty();
    }

    private static boolean startsWithMark(byte[] environ, int start, int end) {
        if (end - start < MARK_PREFIX.length) {
            return false;
        }
        for (int i = 0; i < MARK_PREFIX.length; i++) {
            if (environ[start + i] != MARK_PREFIX[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<ResidentSet> memory(ProcessEntry process) {
        return read(process.pid(), "status").flatMap(bytes -> {
            long now = 0;
            long peak = 0;
            for (String line : new String(bytes, ISO_8859_1).lines().toList()) {
                if (line.startsWith("VmRSS:")) {
                    now = kibibytes(line);
                } else if (line.startsWith("VmHWM:")) {
                    peak = kibibytes(line);
                }
            }
            return peak == 0 ? Optional.empty() : Optional.of(new ResidentSet(now, peak));
        });
    }

    private static long kibibytes(String line) {
        return number(line.replaceAll("[^0-9]", "")) * 1024;
    }

    private static long number(String digits) {
        return Long.parseLong(digits);
    }

    private Optional<byte[]> read(long pid, String file) {
        return read(root.resolve(Long.toString(pid), file));
    }

    /// Empty if the process has ended meanwhile or belongs to somebody else. One read gives all of a
    /// small file here; reading on until the end is known would be twice the work.
    private static Optional<byte[]> read(Path file) {
        try (InputStream in = new FileInputStream(file.toFile())) {
            byte[] bytes = new byte[ONE_READ];
            int count = Math.max(in.read(bytes), 0);
            if (count < ONE_READ) {
                return Optional.of(Arrays.copyOf(bytes, count));
            }
            byte[] rest = in.readAllBytes();
            byte[] whole = Arrays.copyOf(bytes, count + rest.length);
            System.arraycopy(rest, 0, whole, count, rest.length);
            return Optional.of(whole);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
