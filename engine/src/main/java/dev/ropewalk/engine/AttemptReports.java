package dev.ropewalk.engine;

import dev.ropewalk.tool.MessageLevel;

/// Takes what one attempt reports while it runs; called on any thread, must not block.
public interface AttemptReports {

    void progress(double fraction, String message);

    void message(MessageLevel level, String text);

    /// Nothing more comes.
    void ended();
}
