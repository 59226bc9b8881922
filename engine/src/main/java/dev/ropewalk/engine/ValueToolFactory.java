package dev.ropewalk.engine;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolProvider;
import dev.ropewalk.tool.ToolProviderFactory;
import dev.ropewalk.tool.ToolSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Brings the tool `value`, a family of its own without settings.
public final class ValueToolFactory implements ToolProviderFactory {

    private static final String NAME = "value";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ToolProvider create(ToolSettings settings) {
        if (!settings.values().isEmpty()) {
            throw new IllegalArgumentException("tools.value has no settings; remove %s"
                    .formatted(settings.values().keySet()));
        }
        return new ValueTools();
    }

    private static final class ValueTools implements ToolProvider {
        private final Tool tool = new ValueTool();

        @Override
        public Optional<Tool> find(String name) {
            return mayHave(name) ? Optional.of(tool) : Optional.empty();
        }

        @Override
        public List<ToolDescriptor> list(Consumer<String> problems) {
            return List.of(tool.descriptor());
        }

        @Override
        public boolean mayHave(String name) {
            return name.equals(NAME);
        }

        @Override
        public List<String> knownNames() {
            return List.of(NAME);
        }

        @Override
        public void close() {}
    }
}
