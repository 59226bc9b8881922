package dev.ropewalk.agent;

/// What a task waits for that found no agent; the same object each time, until it is among
/// [AgentRegistry#changed()].
public interface Awaited {

    /// In words: `agent of type writer that offers summarise`.
    String text();
}
