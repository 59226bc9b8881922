package dev.ropewalk;

import dev.ropewalk.expression.ExpressionEvaluator;
import dev.ropewalk.store.Store;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that an engine is opened with; made by [EngineBuilder].
///
/// @param storeUrl where to remember: `sqlite:PATH`, `memory:`
/// @param store an open store to use in its place; closed with the engine
/// @param scheduling how it orders its work, and what all of it shares
/// @param configuration the sections of the configuration for families of tools, by their names
/// @param environment what tools may pass on, and where secrets are looked up
/// @param resumeAll whether all unfinished executions go on at once
/// @param plugins where further tools and stores are found
/// @param expressions evaluates them; if empty, the language that is found with `plugins`
public record EngineSettings(
        String storeUrl,
        Optional<Store> store,
        EngineOptions options,
        SchedulingOptions scheduling,
        Map<String, Map<String, @Nullable Object>> configuration,
        Path workingDirectory,
        Map<String, String> environment,
        boolean resumeAll,
        ClassLoader plugins,
        Optional<ExpressionEvaluator> expressions) {

    public EngineSettings {
        configuration = Map.copyOf(configuration);
        environment = Map.copyOf(environment);
    }
}
