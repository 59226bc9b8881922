package dev.ropewalk.engine;

import dev.ropewalk.EngineException;
import dev.ropewalk.WorkflowCompiler;
import dev.ropewalk.Workflows;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.ToolNames;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.WorkflowRow;
import dev.ropewalk.value.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// The workflows registered in the store, and how one becomes a plan.
final class RegisteredWorkflows implements Workflows {

    private static final String NAMESPACE = "";

    private final Store store;
    private final WallClock clock;
    private final ClassLoader plugins;

    RegisteredWorkflows(Store store, WallClock clock, ClassLoader plugins) {
        this.store = store;
        this.clock = clock;
        this.plugins = plugins;
    }

    @Override
    public void register(Definition definition) {
        try {
            store.register(new WorkflowRow(
                    NAMESPACE,
                    definition.name(),
                    definition.version(),
                    definition.format(),
                    definition.text().getBytes(StandardCharsets.UTF_8),
                    definition.description(),
                    clock.micros()));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.CONFLICT) {
                throw new EngineException(
                        "CONFLICT",
                        "workflow %s version \"%s\" is registered with another definition"
                                .formatted(definition.name(), definition.version()),
                        "raise its version",
                        e);
            }
            throw Stores.exception(e);
        }
    }

    @Override
    public List<Definition> list() {
        return store.workflows(NAMESPACE).stream()
                .map(RegisteredWorkflows::definition)
                .toList();
    }

    @Override
    public Optional<Definition> find(String name, String version) {
        return store.workflow(NAMESPACE, name, version).map(RegisteredWorkflows::definition);
    }

    private static Definition definition(WorkflowRow row) {
        return new Definition(
                row.name(),
                row.version(),
                row.format(),
                new String(row.definition(), StandardCharsets.UTF_8),
                row.description());
    }

    /// Compiles the workflow called `name`, or `name@version`.
    ///
    /// @throws EngineException `WORKFLOW_UNKNOWN`, `FORMAT_UNKNOWN`
    ExecutionPlan plan(String reference, Map<String, ? extends @Nullable Object> variables, ToolNames tools) {
        int at = reference.indexOf('@');
        String name = at < 0 ? reference : reference.substring(0, at);
        String version = at < 0 ? "" : reference.substring(at + 1);
        Definition definition = find(name, version)
                .orElseThrow(() -> new EngineException(
                        "WORKFLOW_UNKNOWN",
                        "there is no workflow \"%s\"".formatted(reference),
                        "list them with `ropewalk workflows`, register one with `ropewalk register PLAN`"));
        Map<String, Payload> given = new LinkedHashMap<>();
        variables.forEach((key, value) -> given.put(key, Payload.of(Json.write(value), Payload.JSON)));
        for (WorkflowCompiler compiler : ServiceLoader.load(WorkflowCompiler.class, plugins)) {
            if (compiler.reads(definition.format())) {
                return compiler.compile(definition.format(), definition.text(), given, tools);
            }
        }
        throw new EngineException(
                "FORMAT_UNKNOWN",
                "nothing on the class path reads workflows in the format \"%s\"".formatted(definition.format()),
                "add dev.ropewalk:ropewalk-formats");
    }
}
