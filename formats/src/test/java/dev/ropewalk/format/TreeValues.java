package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.value.Json;

/// Trees as the values that JSON gives, for tests of other packages.
public final class TreeValues {

    private TreeValues() {}

    /// Written and read back, so that numbers have the types that reading gives them.
    public static Object of(Node tree) {
        return Json.read(Json.write(NodeJson.value(tree)));
    }
}
