package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolException;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.util.Optional;

/// Carries messages to one server and back: the pipes of a process, or HTTP. Opened once, closed
/// once; a server that is lost gets a new wire.
///
/// The SDK has transports for both. They are not used, because neither tells that a server is gone:
/// a request whose process has died, or whose HTTP stream was cut, waits for its timeout.
interface Wire extends AutoCloseable {

    /// Starts or prepares what is behind.
    ///
    /// @throws ToolException if that is not possible
    void open(Inbox inbox) throws ToolException;

    /// Called after the first exchange, with the protocol version on which both sides agreed.
    void agreed(String protocolVersion);

    /// Sends without waiting for the other side.
    ///
    /// @return false if the server does not take what is sent, and no more can be kept for it
    boolean send(JSONRPCMessage message);

    /// Frees whatever still waits for the answer to a request.
    void abandon(String requestId);

    /// Ends what is behind; returns when it has ended.
    @Override
    void close();

    /// Takes what comes. The methods are called by the wire's own threads and return soon.
    interface Inbox {

        /// @param request the request in whose answer the message came, if the wire knows it
        void received(JSONRPCMessage message, Optional<String> request);

        /// One request will have no answer.
        void failed(String requestId, ToolException failure);

        /// The server is gone; nothing will have an answer. Further calls change nothing.
        void lost(ToolException failure);
    }
}
