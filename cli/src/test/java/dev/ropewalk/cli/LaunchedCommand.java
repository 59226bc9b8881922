package dev.ropewalk.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The command as people have it, in processes of its own: the real launcher, with a build of the
/// classes under test. A script takes the place of Maven and delivers them as jars, from which the
/// launcher makes its cache. Made once for all tests, because that takes some seconds.
///
/// The launcher becomes the JVM, so a process's number and the signals sent to it are those of the
/// program itself.
final class LaunchedCommand {
    private static final Path HOME = Path.of("target", "launched").toAbsolutePath();
    private static final String MAVEN = """
            #!/bin/sh
            for argument; do
                case $argument in
                    -v) echo 'Apache Maven 3.9.9' ;;
                    -Ddist.lib=*) mkdir "${argument#*=}" && cp jars/*.jar "${argument#*=}/" ;;
                esac
            done
            """;

    /// In the background of a script SIGINT is ignored, by what is started there too, and a JVM keeps to that.
    private static final boolean INTERRUPTS_ARE_IGNORED = ignoresInterrupts();

    private static @Nullable LaunchedCommand made;

    private LaunchedCommand() {}

    private static boolean ignoresInterrupts() {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
        } catch (IOException _) {
            return false;
        }
    }

    static synchronized LaunchedCommand get() {
        LaunchedCommand known = made;
        if (known == null) {
            try {
                known = make();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            made = known;
        }
        return known;
    }

    private static LaunchedCommand make() throws IOException {
        if (Files.exists(HOME)) {
            try (Stream<Path> old = Files.walk(HOME)) {
                old.sorted(Comparator.reverseOrder()).forEach(LaunchedCommand::delete);
            }
        }
        Files.createDirectories(HOME.resolve("jars"));
        Files.createDirectories(HOME.resolve("bin"));
        executable(HOME.resolve("ropewalk"), Files.readString(Path.of("..", "ropewalk")));
        executable(HOME.resolve("bin/mvn"), MAVEN);
        Files.writeString(HOME.resolve("pom.xml"), "<project/>");
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !entry.endsWith("test-classes") && Files.exists(entry))
                .toList();
        for (int i = 0; i < classPath.size(); i++) {
            Path entry = classPath.get(i);
            String name = Files.isDirectory(entry)
                    ? "classes.jar"
                    : entry.getFileName().toString();
            deliver(entry, HOME.resolve("jars").resolve("%03d-%s".formatted(i, name)));
        }
        LaunchedCommand command = new LaunchedCommand();
        Ended first = command.run(HOME, "--version");
        if (first.exitCode() != 0) {
            throw new AssertionError("the launcher could not build: " + first);
        }
        return command;
    }

    private static void deliver(Path entry, Path jar) throws IOException {
        if (Files.isDirectory(entry)) {
            ToolProvider.findFirst("jar")
                    .orElseThrow()
                    .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", entry.toString(), ".");
        } else {
            Files.copy(entry, jar);
        }
    }

    private static void executable(Path file, String text) throws IOException {
        Files.setPosixFilePermissions(Files.writeString(file, text), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A process that runs: what it says goes to files, so that it never waits for a reader.
    record Running(Process process, Path out, Path err) {

        /// What it said on standard error so far.
        String errSoFar() {
            try {
                return new String(Files.readAllBytes(err), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Ended await() {
            try {
                if (!process.waitFor(3, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError("still running after three minutes; it said\n" + errSoFar());
                }
                return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /// How a process ended.
    record Ended(int exitCode, String out, String err) {}

    /// Starts it in `folder`.
    Running start(Path folder, String... arguments) {
        return startBehind(List.of(), folder, arguments);
    }

    /// Starts it behind `prefix`, such as a command that injects faults.
    Running startBehind(List<String> prefix, Path folder, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        if (INTERRUPTS_ARE_IGNORED) {
            command.addAll(0, List.of("env", "--default-signal=INT"));
        }
        command.add(HOME.resolve("ropewalk").toString());
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile(HOME, "out", ".txt");
            Path err = Files.createTempFile(HOME, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().merge("PATH", HOME.resolve("bin").toString(), (old, bin) -> bin + ":" + old);
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ended run(Path folder, String... arguments) {
        return start(folder, arguments).await();
    }
}
