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

    private static final int RUNS = 3;
    private static final int RECORD = 200;

    List<Figure> run() throws IOException {
        Path folder = Files.createTempDirectory("ropewalk-limits");
        try {
            List<Figure> figures = new ArrayList<>();
            figures.add(limit(
                    200, "fdatasync_ms", Samples.medianOf(RUNS, () -> 1e3 * appends(folder, 200, 1) / 200), "ms"));
            figures.add(limit(
                    100,
                    "append100_records_per_s",
                    Samples.medianOf(RUNS, () -> 100 * 100 / appends(folder, 100, 100)),
                    "1/s"));
            figures.addAll(sqlite(folder));
            figures.add(limit(
                    100_000, "vthread_tasks_per_s", Samples.medianOf(RUNS, () -> 100_000 / threads(100_000)), "1/s"));
            return figures;
        } finally {
            EngineUnderTest.remove(folder);
        }
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

    private static List<Figure> sqlite(Path folder) {
        List<Figure> figures = new ArrayList<>();
        try (PlainSqlite sqlite = new PlainSqlite(folder.resolve("limit.db"), RECORD)) {
            figures.add(rate(sqlite, 300, 1));
            figures.addAll(commitTimes(sqlite));
            figures.add(rate(sqlite, 100, 100));
            figures.add(rate(sqlite, 30, 1_000));
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite cannot be measured", e);
        }
        return figures;
    }

    private static Figure rate(PlainSqlite sqlite, int commits, int group) {
        double rate = Samples.medianOf(RUNS, () -> {
            double seconds = 0;
            for (int i = 0; i < commits; i++) {
                seconds += sqlite.commit(group);
            }
            return commits * group / seconds;
        });
        return limit(commits * group, "sqlite_commit%d_rows_per_s".formatted(group), rate, "1/s");
    }

    /// One commit after a pause each, as W5 submits: how far the disk itself scatters.
    private static List<Figure> commitTimes(PlainSqlite sqlite) {
        double[] p50 = new double[RUNS];
        double[] p99 = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            double[] millis = new double[EngineWorkloads.SINGLES];
            for (int i = 0; i < millis.length; i++) {
                LockSupport.parkNanos(EngineWorkloads.PAUSE_NANOS);
                millis[i] = 1e3 * sqlite.commit(1);
            }
            p50[run] = Samples.percentile(millis, 50);
            p99[run] = Samples.percentile(millis, 99);
        }
        return List.of(
                limit(EngineWorkloads.SINGLES, "sqlite_commit1_p50_ms", Samples.percentile(p50, 50), "ms"),
                limit(EngineWorkloads.SINGLES, "sqlite_commit1_p99_ms", Samples.percentile(p99, 50), "ms"));
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
