package dev.ropewalk.cli;

import dev.ropewalk.value.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prints one JSON value on standard output, with nothing else.
final class JsonOutput {

    private JsonOutput() {}

    static void print(Terminal terminal, @Nullable Object value) {
        try {
            BufferedOutputStream out = new BufferedOutputStream(terminal.out(), 1 << 16);
            Json.write(value, out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the JSON", e);
        }
        terminal.out().println();
        terminal.out().flush();
    }

    static Map<String, @Nullable Object> complaint(Complaint complaint) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("code", complaint.code());
        map.put("where", complaint.where());
        map.put("path", complaint.path());
        map.put("message", complaint.message());
        map.put("remedy", complaint.remedy());
        return map;
    }
}
