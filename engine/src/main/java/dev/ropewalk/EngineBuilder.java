package dev.ropewalk;

import dev.ropewalk.expression.ExpressionEvaluator;
import dev.ropewalk.plan.ConcurrencyGroup;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.plan.ResourcePool;
import dev.ropewalk.store.Store;
import dev.ropewalk.strategy.StrategyRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Opens an engine that works differently from the defaults. For one thread.
public final class EngineBuilder {

    private String storeUrl = "memory:";
    private Optional<Store> store = Optional.empty();
    private EngineOptions options = EngineOptions.DEFAULT;
    private SchedulingOptions scheduling = SchedulingOptions.DEFAULT;
    private final Map<String, Map<String, @Nullable Object>> configuration = new LinkedHashMap<>();
    private Path workingDirectory = Path.of("").toAbsolutePath();
    private Map<String, String> environment = System.getenv();
    private boolean resumeAll = true;
    private ClassLoader plugins = EngineBuilder.class.getClassLoader();
    private Optional<ExpressionEvaluator> expressions = Optional.empty();

    EngineBuilder() {}

    /// Where the engine remembers: `sqlite:PATH`, `memory:`.
    public EngineBuilder store(String url) {
        storeUrl = url;
        return this;
    }

    /// An open store, which the engine closes.
    public EngineBuilder store(Store open) {
        store = Optional.of(open);
        return this;
    }

    public EngineBuilder options(EngineOptions all) {
        options = all;
        return this;
    }

    /// How many attempts run at once, all executions together.
    public EngineBuilder maxParallel(int attempts) {
        options = options.withMaxParallel(attempts);
        return this;
    }

    /// How long an attempt that was told to stop may take to end.
    public EngineBuilder grace(Duration grace) {
        options = options.withGrace(grace);
        return this;
    }

    public EngineBuilder scheduling(SchedulingOptions all) {
        scheduling = all;
        return this;
    }

    /// A pool that plans may name without declaring it; see [ResourcePool#of].
    public EngineBuilder pool(ResourcePool pool) {
        scheduling = scheduling.withPool(pool);
        return this;
    }

    /// A group that plans may name without declaring it; see [ConcurrencyGroup#named].
    public EngineBuilder group(ConcurrencyGroup group) {
        scheduling = scheduling.withGroup(group);
        return this;
    }

    /// The order of ready tasks, of executions whose plan says no other, such as `ADAPTIVE`.
    public EngineBuilder strategy(String name) {
        scheduling = scheduling.withStrategy(name);
        return this;
    }

    /// When another strategy takes the place of the engine's, such as
    /// `StrategyRule.whileBacklog(10_000, 5_000, new ShortestJobFirst())`; of several the first that holds.
    public EngineBuilder strategyRule(StrategyRule rule) {
        scheduling = scheduling.withRule(rule);
        return this;
    }

    /// How much of the engine a tenant gets beside others: twice the weight, twice as much.
    ///
    /// @param weight from 1 to 1,000; without one it is 1
    public EngineBuilder tenant(String name, int weight) {
        scheduling = scheduling.withTenant(name, weight);
        return this;
    }

    /// The configuration of one family of tools: `shell`, `http`, `mcp`.
    public EngineBuilder configure(String family, Map<String, @Nullable Object> values) {
        configuration.put(family, values);
        return this;
    }

    /// Against which relative paths of tools are resolved.
    public EngineBuilder workingDirectory(Path directory) {
        workingDirectory = directory;
        return this;
    }

    /// In place of the process's environment.
    public EngineBuilder environment(Map<String, String> variables) {
        environment = variables;
        return this;
    }

    /// Whether executions that an earlier process left unfinished go on when the engine opens; they
    /// do unless this says otherwise. See [ExecutionEngine#resume(String)].
    public EngineBuilder resumeAll(boolean resume) {
        resumeAll = resume;
        return this;
    }

    /// Where further tools and stores are found.
    public EngineBuilder plugins(ClassLoader loader) {
        plugins = loader;
        return this;
    }

    /// What evaluates expressions, in place of the language that is found on the class path.
    public EngineBuilder expressions(ExpressionEvaluator language) {
        expressions = Optional.of(language);
        return this;
    }

    /// @throws EngineException if the store cannot be opened
    /// @throws IllegalArgumentException with all that is wrong with the pools, groups, strategy and tenants
    public ExecutionEngine open() {
        List<Problem> problems = scheduling.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
        }
        EngineSettings settings = new EngineSettings(
                storeUrl,
                store,
                options,
                scheduling,
                configuration,
                workingDirectory,
                environment,
                resumeAll,
                plugins,
                expressions);
        return EngineProvider.find().open(settings);
    }
}
