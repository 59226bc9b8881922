package dev.ropewalk.plugin;

import java.nio.file.Path;
import java.util.List;

/// One jar of the plug-ins directory.
///
/// @param title as its manifest says; the file's name if it says nothing
/// @param version as its manifest says; may be empty
/// @param provides what it adds; empty for a library that another jar needs
public record Plugin(Path jar, String title, String version, List<Provided> provides) {

    public Plugin {
        provides = List.copyOf(provides);
    }

    /// @param service the interface, such as `dev.ropewalk.tool.ToolProviderFactory`
    /// @param implementation the class
    public record Provided(String service, String implementation) {}
}
