package dev.ropewalk.format;

import dev.ropewalk.plan.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// The directory that the sub-plans of a plan must not leave, links resolved: a plan from elsewhere
/// cannot make us read what its author could not.
///
/// @param real the directory, links resolved
/// @param shown the same as the user named it
record PlanDirectory(Path real, Path shown) {

    /// The file that `name` stands for in the file `including`, links resolved; empty, and reported, if
    /// there is none or it may not be read.
    Optional<Path> resolve(Path including, String name, Field field, Form form) {
        try {
            Path wanted = including.resolveSibling(name).normalize();
            // What is outside by its name alone is not even looked for.
            Path file = wanted.startsWith(real) ? wanted.toRealPath() : wanted;
            if (!file.startsWith(real)) {
                form.add(
                        field,
                        "FILE_FORBIDDEN",
                        "%s leads out of the directory of the outermost plan".formatted(Quoted.of(name)),
                        "put the sub-plan beside that plan or below it");
                return Optional.empty();
            }
            if (!Files.isRegularFile(file)) {
                form.add(field, "FILE_UNREADABLE", "%s is not a file".formatted(Quoted.of(name)), "name a plan file");
                return Optional.empty();
            }
            return Optional.of(file);
        } catch (IOException | InvalidPathException e) {
            form.add(
                    field,
                    "FILE_UNREADABLE",
                    "%s cannot be read: %s".formatted(Quoted.of(name), why(e)),
                    "name a file relative to this one");
            return Optional.empty();
        }
    }

    /// The name by which the user would find the file.
    String shown(Path file) {
        return shown.resolve(real.relativize(file)).toString();
    }

    static String why(Exception e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case InvalidPathException _ -> "it is not a file name";
            default -> "it cannot be read (%s)".formatted(e.getClass().getSimpleName());
        };
    }
}
