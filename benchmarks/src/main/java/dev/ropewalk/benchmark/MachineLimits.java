package dev.ropewalk.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// What the machine can do at best, measured in the same run as the workloads: syncs, plain SQLite, and
/// virtual threads.
final class MachineLimits {

    private static final int RECORD = 200;

    private final Scale scale;

    MachineLimits(Scale scale) {
        this.scale = scale;
    }

    List<Figure> run() throws IOException {
        Path folder = Files.createTempDirectory("ropewalk-limits");
        try {
            int syncs = scaled(200);
            int groups = scaled(100);
            int tasks = scaled(100_000);
            List<Figure> figures = new ArrayList<>();
            figures.add(limit(
                    syncs,
                    "fdatasync_ms",
                    Samples.medianOf(scale, () -> 1e3 * appends(folder, syncs, 1) / syncs),
                    "ms"));
            figures.add(limit(
                    100 * groups,
                    "append100_records_per_s",
                    Samples.medianOf(scale, () -> 100 * groups / appends(folder, groups, 100)),
                    "1/s"));
            figures.addAll(sqlite(folder));
            figures.add(
                    limit(tasks, "vthread_tasks_per_s", Samples.medianOf(scale, () -> tasks / threads(tasks)), "1/s"));
            return figures;
        } finally {
            EngineUnderTest.remove(folder);
        }
    }

    private int scaled(int usual) {
        return (int) Math.max(1, usual * scale.limits());
    }

    private static Figure limit(int n, String metric, double value, String unit) {
        return new Figure("limit", "none", n, metric, value, unit);
    }

    /// @return seconds for `syncs` syncs after `group` appended records each
    private static double appends(Path folder, int syncs, int group) {
        Path file = folder.resolve("append");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer record = ByteBuffer.allocate(RECORD);
            long start = System.nanoTime();
            for (int i = 0; i < syncs; i++) {
                for (int k = 0; k < group; k++) {
                    channel.write(record.clear());
                }
                channel.force(false);
            }
            return (System.nanoTime() - start) / 1e9;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Figure> sqlite(Path folder) {
        List<Figure> figures = new ArrayList<>();
        try (PlainSqlite sqlite = new PlainSqlite(folder.resolve("limit.db"), RECORD)) {
            figures.add(rate(sqlite, scaled(300), 1));
            figures.addAll(commitTimes(sqlite));
            figures.add(rate(sqlite, scaled(100), 100));
            figures.add(rate(sqlite, scaled(30), 1_000));
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite cannot be measured", e);
        }
        return figures;
    }

    private Figure rate(PlainSqlite sqlite, int commits, int group) {
        double rate = Samples.medianOf(scale, () -> {
            double seconds = 0;
            for (int i = 0; i < commits; i++) {
                seconds += sqlite.commit(group);
            }
            return commits * group / seconds;
        });
        return limit(commits * group, "sqlite_commit%d_rows_per_s".formatted(group), rate, "1/s");
    }

    /// One commit after a pause each, as W5 submits: how far the disk itself scatters.
    private List<Figure> commitTimes(PlainSqlite sqlite) {
        double[] p50 = new double[scale.runs()];
        double[] p99 = new double[scale.runs()];
        for (int run = 0; run < scale.runs(); run++) {
            double[] millis = new double[scale.singles()];
            for (int i = 0; i < millis.length; i++) {
                LockSupport.parkNanos(EngineWorkloads.PAUSE_NANOS);
                millis[i] = 1e3 * sqlite.commit(1);
            }
            p50[run] = Samples.percentile(millis, 50);
            p99[run] = Samples.percentile(millis, 99);
        }
        return List.of(
                limit(scale.singles(), "sqlite_commit1_p50_ms", Samples.percentile(p50, 50), "ms"),
                limit(scale.singles(), "sqlite_commit1_p99_ms", Samples.percentile(p99, 50), "ms"));
    }

    private static double threads(int tasks) {
        LongAdder done = new LongAdder();
        long start = System.nanoTime();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < tasks; i++) {
                executor.execute(done::increment);
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
