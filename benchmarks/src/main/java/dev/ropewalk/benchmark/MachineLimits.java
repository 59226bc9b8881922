package dev.ropewalk.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

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
            figures.add(sqlite(folder, 300, 1));
            figures.add(sqlite(folder, 100, 100));
            figures.add(sqlite(folder, 30, 1_000));
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

    private static Figure sqlite(Path folder, int commits, int group) {
        double rate = Samples.medianOf(RUNS, () -> (double) commits * group / inserts(folder, commits, group));
        return limit(commits * group, "sqlite_commit%d_rows_per_s".formatted(group), rate, "1/s");
    }

    private static double inserts(Path folder, int commits, int group) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("limit.db"))) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute("CREATE TABLE IF NOT EXISTS record (id INTEGER PRIMARY KEY, bytes BLOB)");
            }
            connection.setAutoCommit(false);
            byte[] record = new byte[RECORD];
            long start = System.nanoTime();
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO record (bytes) VALUES (?)")) {
                for (int i = 0; i < commits; i++) {
                    for (int k = 0; k < group; k++) {
                        insert.setBytes(1, record);
                        insert.executeUpdate();
                    }
                    connection.commit();
                }
            }
            return (System.nanoTime() - start) / 1e9;
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite cannot be measured", e);
        }
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
