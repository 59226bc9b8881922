package dev.ropewalk.cli;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.Submission;
import dev.ropewalk.SubmitOptions;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.value.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What is said about a new execution beside its plan.
final class SubmitOption {

    @Option(names = "--id", paramLabel = "ID", description = "id of the execution (default: a new UUIDv7)")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "idempotency key: the same key and plan again give the same execution")
    private Optional<String> key = Optional.empty();

    @Option(names = "--tag", paramLabel = "TAG", description = "a tag beside those of the plan; repeatable")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--meta", paramLabel = "KEY=VALUE", description = "metadata beside that of the plan; repeatable")
    private Map<String, String> metadata = new LinkedHashMap<>();

    /// Submits `plan`. If that was done before, with the same key or id, and did not come to its end,
    /// it goes on: whoever waits for it here has nobody else who would do it.
    Submission submit(ExecutionEngine engine, ExecutionPlan plan) {
        return submit(engine, plan, Optional.empty());
    }

    /// @param strategy in place of the plan's
    Submission submit(ExecutionEngine engine, ExecutionPlan plan, Optional<String> strategy) {
        SubmitOptions options =
                new SubmitOptions(id, key, tags, Payload.of(Json.write(metadata), Payload.JSON), strategy);
        Submission submission = engine.submit(plan, options).join();
        return submission.known() ? engine.resume(submission.executionId()).join() : submission;
    }
}
