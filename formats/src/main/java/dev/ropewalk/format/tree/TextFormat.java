package dev.ropewalk.format.tree;

import java.util.Locale;
import java.util.Optional;

/// The two ways to write a plan.
public enum TextFormat {
    YAML,
    JSON;

    /// JSON for names that end in `.json`, YAML for all others.
    public static TextFormat ofFile(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".json") ? JSON : YAML;
    }

    /// How many bytes a file of this format may have.
    public int maxBytes(TreeLimits limits) {
        return this == JSON ? limits.jsonBytes() : limits.yamlBytes();
    }

    /// The tree of a whole document, or empty if it could not be read to its end. Problems go to
    /// `problems`; a tree may have some too. Never throws on account of the text.
    public Optional<Node> compose(String text, TreeLimits limits, ProblemSink problems) {
        return switch (this) {
            case YAML -> YamlComposer.compose(text, limits, problems);
            case JSON -> JsonComposer.compose(text, limits, problems);
        };
    }
}
