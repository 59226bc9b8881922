package dev.ropewalk.cli;

import dev.ropewalk.SubmitOptions;
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

    SubmitOptions options() {
        return new SubmitOptions(id, key, tags, Payload.of(Json.write(metadata), Payload.JSON));
    }
}
