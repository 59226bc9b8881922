package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.mcp.ServerSettings.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The process of a stdio server, and what it starts in turn.
final class ServerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

    /// What a server sees of the engine's environment, beside `LC_*`. Everything else may be a secret.
    private static final Set<String> PASSED_ON =
            Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR");

    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
    private static final Duration LEAVE_BY_ITSELF = Duration.ofMillis(500);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Process process;
    private final String mark;

    private ServerProcess(Process process, String mark) {
        this.process = process;
        this.mark = mark;
    }

    /// @param environment the engine's
    /// @param markPrefix the start of the mark that the process carries
    static ServerProcess start(
            ServerSettings server, Command command, Map<String, String> environment, String markPrefix)
            throws ToolException {
        Map<String, String> own = environment(command, environment);
        String program = command.command().getFirst();
        Path file = Executable.find(program, command.directory(), own)
                .orElseThrow(() -> Failures.commandNotFound(server, program, searched(program, command, own)));
        String mark = markPrefix + server.name() + "/" + UUID.randomUUID();
        ProcessBuilder builder = new ProcessBuilder(inOwnSession(file, command));
        builder.directory(command.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(own);
        builder.environment().put(ProcessFamily.MARK, mark);
        try {
            ServerProcess started = new ServerProcess(builder.start(), mark);
            LOG.info("MCP server started server={} pid={} program={}", server.name(), started.pid(), file);
            return started;
        } catch (IOException e) {
            throw Failures.unavailable(server.name(), "it could not be started: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static Map<String, String> environment(Command command, Map<String, String> environment) {
        Map<String, String> own = new HashMap<>(environment);
        own.keySet().removeIf(variable -> !PASSED_ON.contains(variable) && !variable.startsWith("LC_"));
        own.putAll(command.env());
        return own;
    }

    private static String searched(String program, Command command, Map<String, String> environment) {
        return program.contains(File.separator)
                ? ", looked at from " + command.directory()
                : " on the PATH, which is " + environment.getOrDefault("PATH", "not set");
    }

    /// A session of its own keeps Ctrl-C on the terminal from the server: when the engine is asked to
    /// stop, calls still have their time of grace. Without `setsid` (util-linux) there is none.
    private static List<String> inOwnSession(Path file, Command command) {
        List<String> line = new ArrayList<>();
        SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(found -> {
            line.add(found.toString());
            line.add("--");
        });
        line.add(file.toString());
        line.addAll(command.command().subList(1, command.command().size()));
        return line;
    }

    Process process() {
        return process;
    }

    long pid() {
        return process.pid();
    }

    /// Ends the server and all that it has started: closes its input, which asks it to leave by itself;
    /// then asks with SIGTERM; then ends what is left.
    void end() {
        List<ProcessHandle> family = ProcessFamily.of(process.toHandle(), mark);
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("Closing the input of an MCP server failed pid={}", pid(), e);
        }
        if (!ProcessFamily.await(family, LEAVE_BY_ITSELF)) {
            ProcessFamily.end(family, GRACE);
        }
        // Whatever was started after the first look.
        ProcessFamily.end(ProcessFamily.marked(mark), Duration.ZERO);
    }
}
