package dev.ropewalk.cli;

import dev.ropewalk.tool.MessageLevel;
import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolProvider;
import dev.ropewalk.tool.ToolProviderFactory;
import dev.ropewalk.tool.ToolResult;
import dev.ropewalk.tool.ToolSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Brings the tool `chatty`, which says one message of each level.
public final class ChattyTools implements ToolProviderFactory, ToolProvider, Tool {

    @Override
    public String name() {
        return "chatty";
    }

    @Override
    public ToolProvider create(ToolSettings settings) {
        return this;
    }

    @Override
    public Optional<Tool> find(String name) {
        return mayHave(name) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public List<ToolDescriptor> list(Consumer<String> problems) {
        problems.accept("chatty: one of its tools cannot be asked");
        return List.of(descriptor());
    }

    @Override
    public boolean mayHave(String name) {
        return name.equals(name());
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(name(), "Says much.");
    }

    @Override
    public ToolResult call(ToolCall call) {
        for (MessageLevel level : MessageLevel.values()) {
            call.log(level, "speaking of " + level);
        }
        return ToolResult.of("x".repeat(20_000));
    }

    @Override
    public void close() {}
}
