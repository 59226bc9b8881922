package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Position;
import java.util.List;

/// Checks the outline of `mcpServers`; what a server may be told is for its reader to say.
final class ServersForm {

    private ServersForm() {}

    static void check(Field field, boolean outermost, Form form) {
        if (!outermost) {
            form.add(field, "UNSUPPORTED", "a sub-plan brings no servers along", "declare them in the outermost plan");
        }
        if (!(field.node() instanceof Node.Mapping(Position _, List<Node.Entry> entries))) {
            form.wrongType(field, "mcpServers is a map", "write `name: {command: [ … ]}` for each");
            return;
        }
        for (Node.Entry entry : entries) {
            if (!(entry.value() instanceof Node.Mapping)) {
                form.wrongType(field.entry(entry), "a server is a map", "write {command: [ … ]} or {url: …}");
            }
        }
    }
}
