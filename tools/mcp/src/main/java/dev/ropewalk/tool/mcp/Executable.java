package dev.ropewalk.tool.mcp;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Finds the file behind the name of a program.
final class Executable {

    private Executable() {}

    /// A name with a separator is a path, resolved against `directory`; any other is looked up in the
    /// folders of `PATH`.
    static Optional<Path> find(String program, Path directory, Map<String, String> environment) {
        try {
            if (program.contains("/") || program.contains(File.separator)) {
                return Optional.of(directory.resolve(program).normalize()).filter(Executable::isExecutable);
            }
            for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
                Path file = directory.resolve(folder).resolve(program);
                if (!folder.isEmpty() && isExecutable(file)) {
                    return Optional.of(file);
                }
            }
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isExecutable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
