package dev.ropewalk.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the real launcher in a project of its own, where a script takes the place of Maven: it
/// delivers a jar whose `Main` prints its arguments.
@DisplayNameGeneration(ReplaceUnderscores.class)
class LauncherTest {
    private static final String MAIN = """
            package dev.ropewalk.cli;

            public class Main {
                public static void main(String[] arguments) {
                    System.out.println(java.util.List.of(arguments));
                    System.exit(java.util.List.of(arguments).contains("@c") ? 7 : 0);
                }
            }
            """;

    private static final String MAVEN = """
            #!/bin/sh
            if [ "$1" = -v ]; then
                echo 'Apache Maven 3.8.7'
                exit 0
            fi
            echo "$@" >>../maven-runs
            [ ! -e ../maven-fails ] || { echo '[ERROR] Thing.java:[1,1] no such thing'; exit 1; }
            for argument; do
                case $argument in
                    -Ddist.lib=*) mkdir "${argument#*=}" && cp ../main.jar "${argument#*=}/" ;;
                esac
            done
            """;

    /// What the launcher may use besides java and Maven.
    private static final List<String> TOOLS = List.of(
            "cat",
            "cp",
            "date",
            "dirname",
            "find",
            "grep",
            "head",
            "ln",
            "ls",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch");

    @TempDir
    static Path workshop;

    private static Path mainJar;

    @TempDir
    Path folder;

    private Path project;

    @BeforeAll
    static void a_program_to_launch() throws IOException {
        Files.createDirectory(workshop.resolve("tools"));
        for (String tool : TOOLS) {
            executable(workshop.resolve("tools").resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(onPath(tool)));
        }
        Path source = Files.writeString(workshop.resolve("Main.java"), MAIN);
        mainJar = workshop.resolve("main.jar");
        use("javac", "-d", workshop.resolve("classes").toString(), source.toString());
        use(
                "jar",
                "--create",
                "--file",
                mainJar.toString(),
                "-C",
                workshop.resolve("classes").toString(),
                ".");
    }

    @BeforeEach
    void a_project_without_a_build() throws IOException {
        Files.createDirectory(folder.resolve("bin"));
        project = Files.createDirectory(folder.resolve("a project"));
        executable(project.resolve("ropewalk"), Files.readString(Path.of("..", "ropewalk")));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.createDirectories(project.resolve("cli/src/main"));
        executable(folder.resolve("bin/mvn"), MAVEN);
        Files.copy(mainJar, folder.resolve("main.jar"));
    }

    @Test
    void the_first_use_builds_and_the_next_does_not() throws Exception {
        Run first = finish(start(Map.of("JDK_JAVA_OPTIONS", ""), "run", "a b", "@c"));
        assertThat(first.err).isEqualTo("ropewalk: building (first use) …\n");
        assertThat(first.out).isEqualTo("[run, a b, @c]\n");
        assertThat(first.exit).isEqualTo(7);

        Run second = finish(start(Map.of("JDK_JAVA_OPTIONS", ""), "list"));
        assertThat(second.err).isEmpty();
        assertThat(second.out).isEqualTo("[list]\n");
        assertThat(mavenRuns()).hasSize(1);
        assertThat(builds()).allSatisfy(build -> assertThat(build).isDirectoryContaining("glob:**/ropewalk.aot"));
    }

    @Test
    void a_changed_source_and_a_removed_one_ask_for_a_build() throws Exception {
        Path source = Files.writeString(project.resolve("cli/src/main/Thing.java"), "class Thing {}");
        launch();
        Files.writeString(source, "class Thing { }");
        assertThat(launch().err).contains("sources changed");
        Files.delete(source);
        assertThat(launch().err).contains("sources changed");
        assertThat(mavenRuns()).hasSize(3);
    }

    @Test
    void of_many_first_users_one_builds() throws Exception {
        List<Process> crowd = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            crowd.add(start(Map.of(), "x"));
        }
        for (Process one : crowd) {
            assertThat(finish(one)).satisfies(run -> {
                assertThat(run.out).isEqualTo("[x]\n");
                assertThat(run.exit).isZero();
            });
        }
        assertThat(mavenRuns()).hasSize(1);
    }

    @Test
    void a_lock_that_a_dead_process_left_behind_is_taken_away() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectory(project.resolve(".build"));
        Files.createSymbolicLink(project.resolve(".build/lock"), Path.of(Long.toString(dead.pid())));
        assertThat(launch().exit).isZero();
        assertThat(project.resolve(".build/lock"))
                .satisfies(lock -> assertThat(Files.isSymbolicLink(lock)).isFalse());
    }

    @Test
    void a_failed_build_shows_its_errors_and_leaves_the_old_build_alone() throws Exception {
        launch();
        Files.createFile(folder.resolve("maven-fails"));
        Files.writeString(project.resolve("pom.xml"), "<project> </project>");
        Run failed = launch();
        assertThat(failed.exit).isEqualTo(70);
        assertThat(failed.err).contains("[ERROR] Thing.java:[1,1] no such thing", ".build/build.log");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void without_maven_it_says_how_to_get_it() throws Exception {
        Files.delete(folder.resolve("bin/mvn"));
        Run run = launch();
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains("Maven 3.8.7", "apt install maven");
    }

    @Test
    void an_old_maven_is_named() throws Exception {
        executable(folder.resolve("bin/mvn"), MAVEN.replace("3.8.7", "3.6.3"));
        Run run = launch();
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains("bin/mvn is 3.6.3");
    }

    @Test
    void the_JDK_of_JAVA_HOME_is_passed_over_unless_it_is_25() throws Exception {
        Path other = Files.createDirectories(folder.resolve("jdk-17/bin")).getParent();
        for (String tool : List.of("java", "javac")) {
            executable(other.resolve("bin").resolve(tool), "#!/bin/sh\nexit 9\n");
        }
        Files.writeString(other.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        String path = Path.of(System.getProperty("java.home"), "bin") + ":" + path();
        Run run = finish(start(Map.of("JAVA_HOME", other.toString(), "PATH", path)));
        assertThat(run.exit).isZero();
        assertThat(run.out).isEqualTo("[]\n");
    }

    @Test
    void test_runs_the_tests_and_builds_nothing() throws Exception {
        launch("test", "-pl", "core");
        assertThat(mavenRuns()).containsExactly("-B verify -pl core");
        assertThat(project.resolve(".build")).doesNotExist();
    }

    private record Run(int exit, String out, String err) {}

    private Run launch(String... arguments) throws Exception {
        return finish(start(Map.of(), arguments));
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(project.resolve("ropewalk").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", path());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // The training run fails with this, which saves a second a build and must not matter.
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:AOTMode=off");
        builder.environment().putAll(environment);
        builder.environment().values().removeIf(String::isEmpty);
        return builder.start();
    }

    private String path() {
        return folder.resolve("bin") + ":" + workshop.resolve("tools");
    }

    private static Run finish(Process process) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), out, err);
    }

    private List<String> mavenRuns() throws IOException {
        return Files.readAllLines(folder.resolve("maven-runs"));
    }

    private List<Path> builds() throws IOException {
        try (Stream<Path> builds = Files.list(project.resolve(".build/builds"))) {
            return builds.toList();
        }
    }

    private static void executable(Path file, String text) throws IOException {
        Files.setPosixFilePermissions(Files.writeString(file, text), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void use(String tool, String... arguments) {
        assertThat(ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments))
                .isZero();
    }

    private static Path onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(tool + " is not on PATH"));
    }
}
