package dev.ropewalk.plugin;

import java.util.Objects;

/// A plug-in cannot be used. The message names the file and says what would do.
public final class PluginException extends RuntimeException {

    /// Stable, for people and programs.
    public static final String CODE = "PLUGIN_UNUSABLE";

    private static final long serialVersionUID = 1L;

    PluginException(String message, Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
    }
}
