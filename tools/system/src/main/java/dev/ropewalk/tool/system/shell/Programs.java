package dev.ropewalk.tool.system.shell;

import dev.ropewalk.tool.ToolException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Finds the file that a program's name stands for, before anything is started, so that a wrong
/// name is told from a program that fails.
final class Programs {
    /// What execvp(3) searches when there is no PATH.
    private static final String PATH_OF_LAST_RESORT = "/bin:/usr/bin";

    private Programs() {}

    static Path find(String name, Path directory, Map<String, String> environment) throws ToolException {
        String path = environment.getOrDefault("PATH", PATH_OF_LAST_RESORT);
        Optional<Path> notExecutable = Optional.empty();
        for (String place : name.indexOf('/') >= 0 ? new String[] {""} : path.split(":", -1)) {
            Path candidate = resolve(directory, place, name);
            if (Files.isRegularFile(candidate)) {
                if (Files.isExecutable(candidate)) {
                    return candidate;
                }
                notExecutable = notExecutable.or(() -> Optional.of(candidate));
            }
        }
        throw notExecutable
                .map(file -> ToolException.permanent(
                        "COMMAND_NOT_EXECUTABLE",
                        "shell: %s is not executable; run chmod +x on it, or name its interpreter first: [sh, %s]"
                                .formatted(file, name)))
                .orElseGet(() -> ToolException.permanent("COMMAND_NOT_FOUND", notFound(name, directory, path)));
    }

    private static Path resolve(Path directory, String place, String name) throws ToolException {
        try {
            return directory.resolve(place).resolve(name);
        } catch (InvalidPathException e) {
            throw ToolException.permanent("COMMAND_NOT_FOUND", "shell: no program can have this name: " + e.getReason())
                    .causedBy(e);
        }
    }

    private static String notFound(String name, Path directory, String path) {
        if (name.indexOf(' ') >= 0) {
            String words = String.join(", ", name.strip().split(" +", -1));
            return ("shell: there is no program \"%s\"; each word of a command is an element of its own: "
                            + "command: [%s], or did you mean script: \"%s\"?")
                    .formatted(name, words, name);
        }
        return name.indexOf('/') >= 0
                ? "shell: there is no program %s in %s".formatted(name, directory)
                : "shell: there is no program \"%s\" on PATH (%s); install it, or give its full path"
                        .formatted(name, path);
    }
}
