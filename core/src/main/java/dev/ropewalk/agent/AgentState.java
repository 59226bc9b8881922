package dev.ropewalk.agent;

/// What an agent is ready for.
public enum AgentState {
    /// It has room.
    AVAILABLE,
    /// It runs as many attempts as it takes at once.
    BUSY,
    /// It ends what it runs and takes nothing more.
    DRAINING,
    /// It was not heard of for too long, or said that it is gone.
    OFFLINE
}
