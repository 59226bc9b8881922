package dev.ropewalk.tool.system.shell;

import dev.ropewalk.tool.Output;
import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolResult;
import dev.ropewalk.tool.Usage;
import dev.ropewalk.value.Json;
import dev.ropewalk.value.ValueException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Runs a program of this machine and returns its exit code and what it wrote.
final class ShellTool implements Tool {
    static final String NAME = "shell";

    private static final int TAIL_IN_CONTEXT = 4_000;
    private static final int TAIL_IN_MESSAGE = 500;

    private static final ToolDescriptor DESCRIPTOR = new ToolDescriptor(
            NAME,
            "Runs a program of this machine, or a shell script, and returns its exit code and what it wrote.",
            Optional.of(ShellSchema.INPUT),
            Optional.of(ShellSchema.OUTPUT),
            "1");

    private final ShellSettings settings;
    private final Path workingDirectory;
    private final ShellRunner runner;
    private final String operatingSystem = System.getProperty("os.name", "");

    ShellTool(ShellSettings settings, Path workingDirectory, ShellRunner runner) {
        this.settings = settings;
        this.workingDirectory = workingDirectory.toAbsolutePath();
        this.runner = runner;
    }

    @Override
    public ToolDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ToolResult call(ToolCall call) throws ToolException, InterruptedException, IOException {
        ShellArguments arguments = ShellArguments.of(call.arguments());
        Path directory = workingDirectory.resolve(arguments.directory());
        if (!Files.isDirectory(directory)) {
            throw ToolException.permanent(
                    "DIRECTORY_NOT_FOUND", "shell: with.cwd is %s, which is not a directory".formatted(directory));
        }
        Map<String, String> environment = environment(call, arguments);
        Path program = Programs.find(arguments.command().getFirst(), directory, environment);
        Output stdout = call.newOutput();
        Output stderr = call.newOutput();
        ShellProcess process = runner.start(call, arguments, program, directory, environment, stdout, stderr);
        try {
            ExitStatus status = process.await(call);
            List<Usage> usage = process.usage();
            if (process.lostOutput().isPresent()) {
                throw ToolException.retryable("IO", "shell: the output could not be kept")
                        .causedBy(process.lostOutput().get())
                        .withUsage(usage);
            }
            if (!arguments.successExitCodes().contains(status.code())) {
                throw failure(arguments, status, stdout, stderr).withUsage(usage);
            }
            return new ToolResult(result(arguments, status, stdout, stderr, usage), usage);
        } finally {
            runner.ended(process);
        }
    }

    private Map<String, String> environment(ToolCall call, ShellArguments arguments) {
        Map<String, String> environment = new TreeMap<>(settings.inherited());
        arguments.variables().forEach((name, value) -> {
            environment.remove(name);
            value.ifPresent(text -> environment.put(name, text));
        });
        environment.put("ROPEWALK_ATTEMPT", call.processMark());
        environment.put("ROPEWALK_IDEMPOTENCY_KEY", call.idempotencyKey());
        environment.put("ROPEWALK_EXECUTION_ID", call.executionId());
        environment.put("ROPEWALK_TASK", call.taskPath());
        environment.put("ROPEWALK_ATTEMPT_NUMBER", Integer.toString(call.attempt()));
        return environment;
    }

    private static Map<String, @Nullable Object> result(
            ShellArguments arguments, ExitStatus status, Output stdout, Output stderr, List<Usage> usage)
            throws ToolException, IOException {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("exitCode", (long) status.code());
        if (arguments.parseJson()) {
            result.put("json", parse(stdout, usage));
        } else {
            result.put("stdout", stdout);
        }
        result.put("stderr", stderr);
        return result;
    }

    private static @Nullable Object parse(Output stdout, List<Usage> usage) throws ToolException, IOException {
        if (stdout.truncated()) {
            throw ToolException.permanent(
                            "OUTPUT_TOO_LARGE",
                            "shell: standard output of %d bytes is above the limit and cannot be read as JSON"
                                    .formatted(stdout.totalBytes()))
                    .withUsage(usage);
        }
        try (InputStream text = stdout.open()) {
            return Json.read(text.readAllBytes());
        } catch (ValueException e) {
            throw ToolException.retryable("INVALID_OUTPUT", "shell: standard output is " + e.message())
                    .causedBy(e)
                    .withContext(Map.of("stdout", stdout.tail(TAIL_IN_CONTEXT)))
                    .withUsage(usage);
        }
    }

    private ToolException failure(ShellArguments arguments, ExitStatus status, Output stdout, Output stderr)
            throws IOException {
        String lastWords = stderr.tail(TAIL_IN_MESSAGE).strip();
        if (lastWords.isEmpty()) {
            lastWords = stdout.tail(TAIL_IN_MESSAGE).strip();
        }
        Map<String, @Nullable Object> context = new LinkedHashMap<>();
        context.put("exitCode", (long) status.code());
        status.signal(operatingSystem).ifPresent(name -> context.put("signal", name));
        context.put("stdout", stdout.tail(TAIL_IN_CONTEXT));
        context.put("stderr", stderr.tail(TAIL_IN_CONTEXT));
        return ToolException.retryable(
                        status.failureCode(operatingSystem),
                        "%s: %s%s"
                                .formatted(
                                        arguments.command().getFirst(),
                                        status.describe(operatingSystem),
                                        lastWords.isEmpty() ? ", no output" : ": " + lastWords))
                .withContext(context);
    }
}
