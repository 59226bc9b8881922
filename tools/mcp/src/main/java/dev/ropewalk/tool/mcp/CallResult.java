package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns what a server answers to a call into what a task's result is:
///
/// ```json
/// { "text": "the text parts, joined by line ends",
///   "structured": { "if the tool": "has structured content" },
///   "content": [ "all parts as they came, if any of them is not text" ] }
/// ```
final class CallResult {

    private CallResult() {}

    /// @throws ToolException if the tool says that it failed, or the answer is not one
    static ToolResult of(ToolName name, Map<String, @Nullable Object> answer) throws ToolException {
        List<Map<?, ?>> parts = parts(name, answer.get("content"));
        String text = parts.stream()
                .filter(CallResult::isText)
                .map(part -> String.valueOf(part.get("text")))
                .collect(Collectors.joining("\n"));
        Object structured = answer.get("structuredContent");
        if (Boolean.TRUE.equals(answer.get("isError"))) {
            throw Failures.toolError(name, text, structured);
        }
        if (answer.get("content") == null && structured == null) {
            throw Failures.invalidResult(name, "the answer has neither content nor structuredContent");
        }
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("text", text);
        if (structured != null) {
            value.put("structured", structured);
        }
        if (!parts.stream().allMatch(CallResult::isText)) {
            value.put("content", parts);
        }
        return ToolResult.of(value);
    }

    private static boolean isText(Map<?, ?> part) {
        return "text".equals(part.get("type"));
    }

    private static List<Map<?, ?>> parts(ToolName name, @Nullable Object content) throws ToolException {
        List<Map<?, ?>> parts = new ArrayList<>();
        if (content instanceof List<?> items) {
            for (Object item : items) {
                if (!(item instanceof Map<?, ?> part)) {
                    throw Failures.invalidResult(name, "the answer has a part that is not an object");
                }
                parts.add(part);
            }
        }
        return parts;
    }
}
