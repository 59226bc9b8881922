package dev.ropewalk.store.jdbc;

import dev.ropewalk.store.Batch;
import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.store.StoreReader;
import dev.ropewalk.testkit.store.SampleExecution;
import dev.ropewalk.testkit.store.SampleLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Uses a store in a process of its own, which says on its output what it was told:
///
/// - `append COUNT`: `acked N` after each append; `full` for each time there was no space; then it halts,
///   as a crash would, without closing the store
/// - `blobs COUNT`: `acked N` after each append that names a new blob
/// - `hold`: opens the store, says `open`, and waits for its input to end
/// - `look`: opens it for reading and says `position N`
///
/// A [StoreException] ends it with `KIND message`.
final class StoreProcess {
    private StoreProcess() {}

    public static void main(String[] arguments) throws Exception {
        try {
            work(arguments[0], arguments[1], arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0);
        } catch (StoreException e) {
            System.out.println(e.kind() + " " + e.getMessage());
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static void work(String url, String what, int count) throws IOException {
        SqliteStoreProvider provider = new SqliteStoreProvider();
        if (what.equals("look")) {
            StoreReader reader = provider.openReader(url);
            System.out.println("position " + reader.lastPosition());
            return;
        }
        Store store = provider.open(url);
        System.out.println("open");
        if (what.equals("hold")) {
            System.in.readAllBytes();
            return;
        }
        SampleLog log = new SampleLog(store);
        SampleExecution execution = log.execution().status("RUNNING");
        for (int i = 1; i <= count; i++) {
            List<BlobRef> blobs = what.equals("blobs")
                    ? List.of(store.writeBlob("run-1", "text/plain", out -> out.write(new byte[100_000])))
                    : List.of();
            append(store, log.batch(5, List.of(execution), blobs));
            System.out.println("acked " + i);
        }
    }

    private static void append(Store store, Batch batch) {
        while (true) {
            try {
                store.append(batch);
                return;
            } catch (StoreException e) {
                if (e.kind() != Kind.FULL) {
                    throw e;
                }
                System.out.println("full");
            }
        }
    }

    /// Starts it behind `prefix`, such as a command that injects faults.
    static Process start(List<String> prefix, Path database, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                "sqlite:" + database));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// What it said until it ended.
    static List<String> run(List<String> prefix, Path database, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(prefix, database, arguments);
        try (BufferedReader lines = reader(process)) {
            List<String> said = lines.lines().toList();
            process.waitFor();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// How many appends it was told to be safe.
    static long acked(List<String> said) {
        return said.stream().filter(line -> line.startsWith("acked ")).count();
    }
}
