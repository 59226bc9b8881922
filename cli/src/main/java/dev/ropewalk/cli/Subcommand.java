package dev.ropewalk.cli;

/// A command that another module brings along; found through [java.util.ServiceLoader].
public interface Subcommand {

    String name();

    /// An object with picocli's annotations.
    Object command();
}
