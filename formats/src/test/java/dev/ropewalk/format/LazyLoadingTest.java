package dev.ropewalk.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plan whose expressions only follow names starts without the expression library, which takes longer
/// to load than all else together.
@DisplayNameGeneration(ReplaceUnderscores.class)
class LazyLoadingTest {

    @Test
    void following_names_loads_nothing_heavy(@TempDir Path directory) throws IOException, InterruptedException {
        Path loaded = directory.resolve("classes.log");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-Xlog:class+load=info:file=" + loaded,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReferencesOnly.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("output.txt")))
                .isZero();
        List<String> classes = Files.readAllLines(loaded);
        assertThat(classes).anyMatch(line -> line.contains(" dev.ropewalk.format.cel.ChainParser "));
        assertThat(classes)
                .noneMatch(line -> line.contains(" dev.cel.")
                        || line.contains(" org.antlr.")
                        || line.contains(" com.google.")
                        || line.contains(" com.networknt.")
                        || line.contains(" dev.ropewalk.format.cel.FrontEnd "));
    }
}
