package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ropewalk.cli.LaunchedCommand.Ended;
import dev.ropewalk.value.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs every example as its page in `docs/examples` says, from the project's folder and through the
/// launcher; only what they write goes elsewhere. Each ends as documented, and every figure that it
/// tells of itself follows from its events.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExamplesTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private final LaunchedCommand command = LaunchedCommand.get();

    @TempDir
    Path folder;

    @Test
    void repository_report_tells_of_this_repository() throws IOException {
        assumeTrue(Files.exists(PROJECT.resolve(".git")), "this copy of the project is no Git repository");
        Path report = folder.resolve("report.md");
        Map<?, ?> json = completed(run("examples/repository-report.yaml", "--var", "report=" + report));

        String text = (String) json.get("result");
        assertThat(text)
                .startsWith("# Report on .\n")
                .containsPattern("- [1-9][0-9]* files\n")
                .containsPattern("\\| core \\| [1-9][0-9]* \\| [1-9][0-9]* \\|")
                .containsPattern("\\| examples \\| [1-9][0-9]* \\| [1-9][0-9]* \\|");
        assertThat(report).hasContent(text);
        // Three questions, a task a module, their list, and the report.
        long modules = text.lines().filter(line -> line.startsWith("| ")).count() - 1;
        assertThat(tasksThat("TASK_COMPLETED", json)).hasSize((int) modules + 5);
    }

    @Test
    void fan_out_fan_in_adds_up_ten_thousand_items() {
        Map<?, ?> json = completed(run("examples/fan-out-fan-in.yaml"));

        assertThat(json.get("result")).isEqualTo(Map.of("items", 10_000L, "sumOfSquares", 333_283_335_000L));
        assertThat(json.get("timelineTruncated")).isEqualTo(true);
        Map<?, ?> metrics = (Map<?, ?>) json.get("metrics");
        double tasks = (Double) metrics.get("throughput") * (Double) metrics.get("totalDuration") / 1_000;
        assertThat(tasks).as("one an item, their list, and the sum").isCloseTo(10_002, within(0.01));
    }

    @Test
    void fan_out_fan_in_takes_other_numbers() {
        Map<?, ?> json = completed(run("examples/fan-out-fan-in.yaml", "--var", "items=100"));

        assertThat(json.get("result")).isEqualTo(Map.of("items", 100L, "sumOfSquares", 328_350L));
        assertThat(tasksThat("TASK_COMPLETED", json)).hasSize(102);
        assertFigures(json);
    }

    @Test
    void relay_shows_every_type_of_dependency() {
        Map<?, ?> json = completed(run("examples/relay.yaml"));

        assertThat(json.get("result"))
                .isEqualTo(Map.of("keeper", "the keeper saw them all", "third", "home", "end", "the track is clear"));
        assertThat(tasksThat("TASK_COMPLETION_HELD", json)).containsExactly("keeper");
        assertThat(tasksThat("TASK_DELAYED", json)).contains("second", "third", "sweep");
        assertThat(tasksThat("TASK_COMPLETED", json))
                .hasSize(5)
                .containsSubsequence("second", "keeper", "third", "sweep");
    }

    @Test
    void flaky_service_fails_in_one_part_and_returns_the_others() throws IOException {
        int port = freePort();
        String shipped = Files.readString(PROJECT.resolve("examples/flaky-service/config.yaml"));
        Path config = Files.writeString(folder.resolve("config.yaml"), shipped.replace("18473", "" + port));

        Ended ended = run("examples/flaky-service/plan.yaml", "--config", config.toString(), "--var", "port=" + port);

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.FAILED);
        Map<?, ?> json = json(ended);
        assertThat(json.get("status")).isEqualTo("FAILED");
        assertThat((List<?>) json.get("failures")).singleElement().satisfies(failure -> {
            Map<?, ?> told = (Map<?, ?>) failure;
            assertThat(told.get("taskId")).isEqualTo("delivery");
            assertThat(told.get("attempts")).isEqualTo(2L);
            assertThat(((Map<?, ?>) told.get("error")).get("code")).isEqualTo("HTTP_500");
            assertThat(told.get("skipped")).isEqualTo(List.of("arrival"));
        });
        Map<?, ?> partial = (Map<?, ?>) json.get("partialResults");
        assertThat(partial.get("offer"))
                .isInstanceOf(Map.class)
                .satisfies(offer -> assertThat(Json.write(offer))
                        .asString()
                        .isEqualTo("{\"price\":42,\"stock\":7,\"rating\":3,\"advert\":null}"));
        assertThat(partial.get("server")).asString().contains("served");
        assertThat(partial.containsKey("delivery")).isFalse();
        assertThat(tasksThat("TASK_TIMED_OUT", json)).containsExactly("rating");
        assertThat(tasksThat("TASK_SKIPPED", json)).containsExactly("advert", "arrival");
        assertThat(tasksThat("ATTEMPT_FAILED", json))
                .filteredOn("stock"::equals)
                .hasSize(2);
        assertThat(tasksThat("ATTEMPT_FAILED", json)).contains("price");
        assertFigures(json);
    }

    @Test
    void mcp_files_reads_the_first_lines_of_the_pages() throws IOException {
        Map<?, ?> json = completed(run("examples/mcp-files/plan.yaml", "--config", "examples/mcp-files/config.yaml"));

        List<String> titles = new ArrayList<>();
        try (Stream<Path> pages = Files.list(PROJECT.resolve("docs"))) {
            for (Path page :
                    pages.filter(page -> page.toString().endsWith(".md")).toList()) {
                titles.add(Files.readAllLines(page).getFirst().strip());
            }
        }
        assertThat((List<?>) json.get("result"))
                .isNotEmpty()
                .map(Object::toString)
                .containsExactlyInAnyOrderElementsOf(titles);
        assertFigures(json);
    }

    @Test
    void llm_quota_is_never_refused() throws IOException {
        int port = freePort();
        String shipped = Files.readString(PROJECT.resolve("examples/llm-quota/config.yaml"));
        Path config = Files.writeString(folder.resolve("config.yaml"), shipped.replace("18474", "" + port));

        Map<?, ?> json =
                completed(run("examples/llm-quota/plan.yaml", "--config", config.toString(), "--var", "port=" + port));

        Map<?, ?> result = (Map<?, ?>) json.get("result");
        Map<?, ?> counted = (Map<?, ?>) result.get("counted");
        assertThat(result.get("answers")).isEqualTo(18L);
        assertThat(counted.get("served")).isEqualTo(18L);
        assertThat(counted.get("refused")).isEqualTo(0L);
        assertThat(counted.get("tokens")).isEqualTo(result.get("tokens"));
        assertThat((Long) counted.get("mostAtOnce")).isLessThanOrEqualTo(4);
        assertThat((Long) counted.get("mostRequestsInWindow")).isLessThanOrEqualTo(6);
        assertThat((Long) counted.get("mostTokensInWindow")).isLessThanOrEqualTo(500);
        // Eighteen questions at six a second: the last is asked in the third second.
        assertThat((Double) ((Map<?, ?>) json.get("metrics")).get("totalDuration"))
                .isGreaterThan(2_000);
    }

    @Test
    void agents_get_the_tasks_that_suit_them() {
        Map<?, ?> json = completed(run("examples/agents/plan.yaml", "--config", "examples/agents/config.yaml"));

        Map<?, ?> result = (Map<?, ?>) json.get("result");
        assertThat(result.get("book")).isEqualTo("printed");
        assertThat((List<?>) result.get("chapters"))
                .hasSize(6)
                .allMatch(chapter -> ("" + chapter).matches("reviewed chapter [0-5]"));

        Map<String, String> agents = agentsByTask(json);
        assertThat(agents).hasSize(14);
        assertThat(agents.entrySet())
                .filteredOn(entry -> entry.getKey().startsWith("reviews"))
                .hasSize(6)
                .allMatch(entry -> entry.getValue().equals("anna"));
        assertThat(agents.entrySet())
                .filteredOn(entry -> entry.getKey().startsWith("drafts"))
                .hasSize(6)
                .allMatch(entry -> List.of("anna", "ben", "cleo").contains(entry.getValue()));
        assertThat(agents.get("press")).isEqualTo(agents.get("layout"));
        assertThat(mostAtOnce(json, "anna")).as("anna is sequential").isOne();
        assertThat(mostAtOnce(json, "ben")).as("ben is sequential").isOne();
        assertThat(mostAtOnce(json, "cleo")).as("cleo takes two").isEqualTo(2);
        assertFigures(json);
    }

    private static Map<String, String> agentsByTask(Map<?, ?> json) {
        Map<String, String> agents = new LinkedHashMap<>();
        for (Map<?, ?> event : events(json)) {
            if ("TASK_STARTED".equals(event.get("type"))) {
                agents.put("" + event.get("taskId"), "" + ((Map<?, ?>) event.get("data")).get("agent"));
            }
        }
        return agents;
    }

    /// How many attempts the agent ran at once, by the events of their starts and ends.
    private static int mostAtOnce(Map<?, ?> json, String agent) {
        Map<String, String> agents = agentsByTask(json);
        int running = 0;
        int most = 0;
        for (Map<?, ?> event : events(json)) {
            if (agent.equals(agents.get("" + event.get("taskId")))) {
                running += switch ("" + event.get("type")) {
                    case "TASK_STARTED" -> 1;
                    case "TASK_COMPLETED" -> -1;
                    default -> 0;
                };
                most = Math.max(most, running);
            }
        }
        return most;
    }

    @Test
    void deadline_rush_does_first_what_is_urgent() {
        Map<?, ?> json = completed(run("examples/deadline-rush.yaml"));

        assertThat(json.get("result")).isEqualTo(Map.of("fire", "COMPLETED", "flood", "COMPLETED", "reports", 16L));
        List<String> started = tasksThat("TASK_STARTED", json);
        assertThat(started.indexOf("fire")).isBetween(0, 8);
        assertThat(started.indexOf("flood")).isBetween(0, 8);
        assertFigures(json);

        Ended first = run("examples/deadline-rush.yaml", "--strategy", "FIFO");

        assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.FAILED);
        assertThat(((List<?>) json(first).get("failures")).stream().map(failure ->
                        (String) ((Map<?, ?>) failure).get("taskId")))
                .containsExactlyInAnyOrder("fire", "flood");
    }

    private Ended run(String plan, String... options) {
        List<String> arguments = new ArrayList<>(List.of("run", plan, "--json", "--quiet"));
        arguments.addAll(List.of("--store", "sqlite:" + folder.resolve("store.db")));
        arguments.addAll(List.of(options));
        return command.run(PROJECT, arguments.toArray(String[]::new));
    }

    private static Map<?, ?> completed(Ended ended) {
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).isEmpty();
        Map<?, ?> json = json(ended);
        assertThat(json.get("status")).isEqualTo("COMPLETED");
        assertThat((List<?>) json.get("failures")).isEmpty();
        assertThat(json.containsKey("error")).isFalse();
        return json;
    }

    private static Map<?, ?> json(Ended ended) {
        return (Map<?, ?>) Json.read(ended.out());
    }

    private static List<Map<?, ?>> events(Map<?, ?> json) {
        List<Map<?, ?>> events = new ArrayList<>();
        ((List<?>) json.get("timeline")).forEach(event -> events.add((Map<?, ?>) event));
        return events;
    }

    private static List<String> tasksThat(String type, Map<?, ?> json) {
        return events(json).stream()
                .filter(event -> type.equals(event.get("type")))
                .map(event -> (String) event.get("taskId"))
                .toList();
    }

    /// What the result tells of itself, counted again from its events.
    private static void assertFigures(Map<?, ?> json) {
        assertThat(json.get("timelineTruncated")).isEqualTo(false);
        List<Instant> times = events(json).stream()
                .map(event -> Instant.parse((String) event.get("timestamp")))
                .toList();
        assertThat(times).isSorted();
        Instant started = Instant.parse((String) json.get("startedAt"));
        Instant completed = Instant.parse((String) json.get("completedAt"));
        assertThat(started).isBetween(times.getFirst(), times.getLast());
        assertThat(completed).isEqualTo(Collections.max(times));

        Map<?, ?> metrics = (Map<?, ?>) json.get("metrics");
        double total = Duration.between(started, completed).toNanos() / 1e6;
        assertThat((Double) metrics.get("totalDuration")).isCloseTo(total, within(0.01));
        assertThat((Double) metrics.get("effectiveDuration")).isBetween(0.0, total + 0.01);
        double ran = tasksThat("TASK_STARTED", json).size();
        double failed = tasksThat("ATTEMPT_FAILED", json).size();
        assertThat((Double) metrics.get("errorRate")).isCloseTo(failed / ran, within(1e-9));
        double done = tasksThat("TASK_COMPLETED", json).size();
        assertThat((Double) metrics.get("throughput")).isCloseTo(done / total * 1_000, within(0.01));
        assertThat(metrics.get("totalCost")).as("not measured").isNull();
        assertThat(metrics.get("qualityScore")).as("not measured").isNull();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
