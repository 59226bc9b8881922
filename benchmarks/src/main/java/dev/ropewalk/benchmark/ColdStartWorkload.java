package dev.ropewalk.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// W4: from the start of a process to its first task done, and what it occupies when it is idle. The
/// process gets the JVM options of this one, so that what the launcher sets is measured.
final class ColdStartWorkload {

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String store;
    private final Scale scale;

    ColdStartWorkload(String store, Scale scale) {
        this.store = store;
        this.scale = scale;
    }

    List<Figure> run() {
        double[] millis = new double[scale.runs()];
        double[] mebibytes = new double[scale.runs()];
        for (int run = -1; run < scale.runs(); run++) {
            double[] measured = start();
            if (run >= 0) {
                millis[run] = measured[0];
                mebibytes[run] = measured[1];
            }
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("W4", store, scale.runs(), "cold_start_ms", Samples.percentile(millis, 50), "ms"));
        if (mebibytes[0] > 0) {
            figures.add(
                    new Figure("W4", store, scale.runs(), "idle_rss_mib", Samples.percentile(mebibytes, 50), "MiB"));
        }
        return figures;
    }

    private double[] start() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ColdStart.class.getName(), store));
        try {
            long started = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader out = process.inputReader()) {
                String line = out.readLine();
                double millis = (System.nanoTime() - started) / 1e6;
                if (!"done".equals(line)) {
                    throw new IllegalStateException("the process for W4 said " + line);
                }
                LockSupport.parkNanos(IDLE_NANOS);
                return new double[] {millis, residentMebibytes(process.pid())};
            } finally {
                process.outputWriter().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// 0 where the system does not tell.
    private static double residentMebibytes(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
            }
        }
        return 0;
    }
}
