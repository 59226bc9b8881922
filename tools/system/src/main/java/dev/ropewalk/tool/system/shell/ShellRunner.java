package dev.ropewalk.tool.system.shell;

import dev.ropewalk.tool.Output;
import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.system.process.Launcher;
import dev.ropewalk.tool.system.process.Orphans;
import dev.ropewalk.tool.system.process.ProcessTable;
import dev.ropewalk.tool.system.process.ProcessTree;
import dev.ropewalk.tool.system.process.UsageSampler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Starts the processes of attempts and knows those that run. Safe for use by several threads.
final class ShellRunner implements AutoCloseable {
    /// E2BIG as the JDK reports it, in either of its two ways.
    private static final Pattern TOO_LONG = Pattern.compile("error[=:] ?7\\b");

    private final ShellSettings settings;
    private final Launcher launcher;
    private final ProcessTable table;
    private final UsageSampler sampler;
    private final Set<ShellProcess> running = ConcurrentHashMap.newKeySet();

    /// Two threads for each running process, kept a while for the next one.
    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("ropewalk-pipe-", 0).factory());

    ShellRunner(ShellSettings settings, Launcher launcher, ProcessTable table) {
        this.settings = settings;
        this.launcher = launcher;
        this.table = table;
        this.sampler = new UsageSampler(table);
    }

    ShellProcess start(
            ToolCall call,
            ShellArguments arguments,
            Path program,
            Path directory,
            Map<String, String> environment,
            Output stdout,
            Output stderr)
            throws ToolException {
        Process process = launch(arguments, program, directory, environment);
        boolean attended = false;
        try {
            List<Pump> pumps = List.of(
                    Pump.start(process.getInputStream(), stdout, threads),
                    Pump.start(process.getErrorStream(), stderr, threads));
            ProcessTree tree = new ProcessTree(table, process, call.processMark(), launcher.makesGroups());
            ShellProcess attempt =
                    new ShellProcess(process, pumps, tree, sampler.measure(tree), settings.leftoverWait());
            running.add(attempt);
            arguments.input().ifPresent(input -> attempt.feed(input, threads));
            attended = true;
            return attempt;
        } finally {
            if (!attended) {
                process.destroyForcibly();
            }
        }
    }

    private Process launch(ShellArguments arguments, Path program, Path directory, Map<String, String> environment)
            throws ToolException {
        try {
            return launcher.start(
                    program,
                    arguments.command(),
                    directory,
                    environment,
                    arguments.input().isPresent());
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            throw TOO_LONG.matcher(reason).find()
                    ? ToolException.permanent(
                                    "ARGUMENTS_TOO_LONG",
                                    "shell: arguments and environment are longer than the system allows; give long values as with.stdin")
                            .causedBy(e)
                    : ToolException.retryable("START_FAILED", "shell: the process could not be started: " + reason)
                            .causedBy(e);
        }
    }

    /// Forgets an attempt that is over.
    void ended(ShellProcess process) {
        running.remove(process);
        process.usage();
    }

    /// Ends what an earlier engine left behind.
    boolean endOrphans(String markPrefix) {
        return new Orphans(table, markPrefix).end(settings.orphanGrace());
    }

    /// Kills what still runs. Whoever waits for it is told by an [InterruptedException].
    @Override
    public void close() {
        running.forEach(process -> process.stop(Duration.ZERO));
        running.forEach(ShellProcess::awaitStop);
        sampler.close();
        threads.shutdown();
    }
}
