package dev.ropewalk.agents;

/// An agent is not there any more, so nobody knows what became of the attempt that it ran.
public final class AgentLostException extends Exception {
    private static final long serialVersionUID = 1L;

    public AgentLostException(String message) {
        super(message);
    }

    public AgentLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
