package dev.ropewalk.tool;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The tools of one engine: functions registered by name, then the families in their order. Safe for
/// use by several threads.
public interface ToolRegistry {

    /// Makes `function` callable as `name`.
    ///
    /// @throws IllegalArgumentException if the name is taken or not of the form `[A-Za-z][A-Za-z0-9_-]{0,63}`
    void register(String name, ToolFunction function);

    /// Makes `tool` callable by its descriptor's name, with its schema.
    ///
    /// @throws IllegalArgumentException as [#register(String, ToolFunction)]
    void register(Tool tool);

    /// Adds a family of tools; closed with the engine.
    void add(ToolProvider provider);

    /// @throws ToolException if the family that has the tool cannot be reached
    Optional<Tool> find(String name) throws ToolException;

    /// Whether `name` can be called, as far as that is known without starting anything.
    boolean mayHave(String name);

    /// Every tool there is, in order of name; may start servers.
    List<ToolDescriptor> list(Consumer<String> problems);

    /// Names known without starting anything.
    List<String> knownNames();
}
