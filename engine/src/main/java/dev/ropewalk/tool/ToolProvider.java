package dev.ropewalk.tool;

import java.util.List;
import java.util.Optional;

/// A family of tools: the system's, those of the configured MCP servers. Safe for use by several
/// threads.
public interface ToolProvider extends AutoCloseable {

    /// The tool that plans call by `name`, or empty if the name is not of this family. The first call
    /// for a name may start what serves it; a server that does not answer fails the call with a
    /// [ToolException], not the engine.
    Optional<Tool> find(String name) throws ToolException;

    /// All tools of the family, for `ropewalk tools`; may start servers. A server that does not
    /// answer is left out and named in `problems`.
    ///
    /// @param problems receives one line for each server that could not be asked
    List<ToolDescriptor> list(java.util.function.Consumer<String> problems);

    /// Whether a plan may name the tool, as far as that is known without starting anything.
    boolean mayHave(String name);

    /// Names known without starting anything, for "did you mean".
    default List<String> knownNames() {
        return List.of();
    }

    /// Called once at engine start, before anything is dispatched: ends whatever earlier processes of
    /// the same store left running. `markPrefix` is the start of their [ToolCall#processMark()].
    default void endOrphans(String markPrefix) {}

    /// Ends what the family started.
    @Override
    void close();
}
