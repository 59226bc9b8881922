package dev.ropewalk.tool.mcp;

/// A server did not keep to the protocol.
final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    ProtocolException(String problem) {
        super(VisibleText.line(problem, 500));
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
