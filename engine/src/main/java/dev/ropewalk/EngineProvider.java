package dev.ropewalk;

import java.util.ServiceLoader;

/// Makes engines; found through [java.util.ServiceLoader]. There is one, the library's own: it keeps
/// what users see apart from what is inside.
public interface EngineProvider {

    /// @throws EngineException if the store cannot be opened
    ExecutionEngine open(EngineSettings settings);

    /// @throws EngineException if there is no store
    History read(String storeUrl);

    /// The one on the class path.
    static EngineProvider find() {
        return ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new EngineException(
                        "ENGINE_MISSING", "no engine is on the class path", "add dev.ropewalk:ropewalk-engine"));
    }
}
