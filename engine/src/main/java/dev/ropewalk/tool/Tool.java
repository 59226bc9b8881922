package dev.ropewalk.tool;

/// Something that a task can call: a command, an HTTP request, an MCP tool, a Java function.
///
/// One instance serves many attempts at once and must be safe for use by several threads. Each
/// attempt runs on a virtual thread of its own, so `call` may block.
public interface Tool {

    /// Name, description and input schema; cheap, the same on every call.
    ToolDescriptor descriptor();

    /// Does the work of one attempt and returns what the task's result is.
    ///
    /// When the attempt is to stop (timeout, cancellation, shutdown) the engine first runs the
    /// callbacks given to [ToolCall#onCancel], then interrupts the thread. A tool that started
    /// something outside of this thread (processes, requests) ends it from the callback.
    ///
    /// @throws ToolException a failure with a stable code; decides itself whether a retry makes sense
    /// @throws InterruptedException if the attempt was told to stop
    /// @throws Exception any other exception is reported with the code `TOOL_ERROR`
    ToolResult call(ToolCall call) throws Exception;
}
