package dev.ropewalk.store.jdbc;

import dev.ropewalk.log.FrameChain;
import dev.ropewalk.store.Batch;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// Compares an append with the least that SQLite does: one commit of as many plain rows, with the same
/// durability. Not a test; run `main` with a directory on the disk to be measured. The rounds alternate,
/// so that both see the same disk; medians are printed.
final class MeasureAppends {
    private static final int ROUNDS = 7;
    private static final int PAYLOAD_BYTES = 200;
    private static final int FRAMES = 6;
    private static final Batch.PlanRow PLAN = new Batch.PlanRow(new byte[32], 1, new byte[1000]);

    private final Path directory;
    private int files;

    private MeasureAppends(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(arguments[0]), "measure");
        try {
            new MeasureAppends(directory).run();
        } finally {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private void run() throws Exception {
        compare("1 row a commit", 1, 2000);
        compare("100 rows a commit", 100, 200);
        compare("1000 rows a commit", 1000, 50);
    }

    private void compare(String name, int rows, int commits) throws Exception {
        double[] plain = new double[ROUNDS];
        double[] heads = new double[ROUNDS];
        double[] changes = new double[ROUNDS];
        double[] starts = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            int at = Math.max(round, 0);
            plain[at] = plain(rows, commits);
            heads[at] = store(rows, commits, Kind.HEADS);
            changes[at] = store(rows, commits, Kind.CHANGES);
            starts[at] = store(rows, commits, Kind.STARTS);
        }
        double base = median(plain);
        System.out.printf("%-20s plain %8.1f us (%,.0f rows/s)%n", name, base, rows * 1e6 / base);
        print("frames only", heads, base);
        print("frames and status", changes, base);
        print("new executions", starts, base);
    }

    private static void print(String name, double[] micros, double base) {
        System.out.printf("    %-18s %8.1f us = %.2f x%n", name, median(micros), median(micros) / base);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private double plain(int rows, int commits) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + directory.resolve("plain" + ++files));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, bytes BLOB)");
            connection.setAutoCommit(rows == 1);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO row (bytes) VALUES (?)")) {
                byte[] bytes = new byte[PAYLOAD_BYTES];
                long begin = System.nanoTime();
                for (int i = 0; i < commits; i++) {
                    if (rows == 1) {
                        insert.setBytes(1, bytes);
                        insert.executeUpdate();
                        continue;
                    }
                    for (int j = 0; j < rows; j++) {
                        insert.setBytes(1, bytes);
                        insert.addBatch();
                    }
                    insert.executeBatch();
                    connection.commit();
                }
                return (System.nanoTime() - begin) / 1e3 / commits;
            }
        }
    }

    private enum Kind {
        HEADS,
        CHANGES,
        STARTS
    }

    /// Each batch holds a frame of so many executions; after [#FRAMES] frames others take their place, but
    /// for a batch of one, which is a long chain.
    private double store(int rows, int commits, Kind kind) throws IOException {
        try (Store store = new SqliteStoreProvider().open("sqlite:" + directory.resolve("store" + ++files))) {
            int frames = kind == Kind.STARTS ? 1 : rows == 1 ? commits + 1 : FRAMES;
            List<Batch> batches = new ArrayList<>();
            byte[][] digests = new byte[rows][];
            long position = 0;
            for (int i = 0; batches.size() < commits; i++) {
                long seq = i % frames + 1L;
                if (seq == 1) {
                    Arrays.fill(digests, FrameChain.start());
                }
                String status = kind == Kind.CHANGES && i % 2 == 0 ? "PAUSED" : "RUNNING";
                batches.add(batch(store, position, (long) (i / frames) * rows, rows, seq, digests, status));
                position += rows;
            }
            long micros = 0;
            int timed = 0;
            for (int i = 0; i < batches.size(); i++) {
                long begin = System.nanoTime();
                store.append(batches.get(i));
                if (kind == Kind.STARTS || i % frames > 0) {
                    micros += (System.nanoTime() - begin) / 1000;
                    timed++;
                }
            }
            return (double) micros / timed;
        }
    }

    private static Batch batch(
            Store store, long position, long first, int count, long seq, byte[][] digests, String status) {
        List<Frame> frames = new ArrayList<>(count);
        List<ExecutionRow> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[PAYLOAD_BYTES];
            long number = first + i + 1;
            byte[] digest = FrameChain.digest(digests[i], position + i + 1, number, store.epoch(), seq, 1, 1, bytes);
            digests[i] = digest;
            frames.add(new Frame(position + i + 1, number, store.epoch(), seq, 1, 1, bytes, digest));
            rows.add(new ExecutionRow(
                    number,
                    "",
                    "0193-5f7e-7aa2-%020d".formatted(number),
                    "report",
                    "1.0",
                    PLAN.digest(),
                    Optional.empty(),
                    PLAN.digest(),
                    status,
                    seq,
                    digest,
                    1_700_000_000_000_000L,
                    0,
                    0,
                    0,
                    List.of(),
                    "{}",
                    Optional.empty(),
                    Optional.empty()));
        }
        return new Batch(frames, rows, List.of(PLAN), List.of());
    }
}
