package dev.ropewalk.tool.system.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.system.Fields;
import dev.ropewalk.value.Json;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The arguments of one call of `shell`, checked.
///
/// @param command the program and its arguments
/// @param input what the program reads from its standard input
/// @param directory relative to the working directory of the engine
/// @param variables set in the environment, or removed from it where empty
/// @param successExitCodes with which the call is a success
/// @param parseJson whether standard output is a JSON text
record ShellArguments(
        List<String> command,
        Optional<String> input,
        Path directory,
        Map<String, Optional<String>> variables,
        Set<Integer> successExitCodes,
        boolean parseJson) {

    private static final int HIGHEST_EXIT_CODE = 255;
    private static final String OWN_VARIABLES = "ROPEWALK_";

    static ShellArguments of(Map<String, @Nullable Object> arguments) throws ToolException {
        Fields fields = Fields.ofArguments(arguments);
        List<String> command = command(fields);
        Optional<String> input = input(fields.value("stdin"));
        Path directory = directory(fields);
        Map<String, Optional<String>> variables = variables(fields);
        Set<Integer> success = successExitCodes(fields);
        boolean parseJson =
                fields.choice("parse", List.of("text", "json"), "text").equals("json");
        fields.refuseOthers();
        fields.refuseArguments(ShellTool.NAME);
        return new ShellArguments(command, input, directory, variables, success, parseJson);
    }

    /// A script is handed to the shell as it was written; values reach it as `$1`, `$2` …, in the
    /// environment or on standard input, so that nothing in a value is ever read as program text.
    private static List<String> command(Fields fields) {
        List<String> command = new ArrayList<>(fields.texts("command"));
        Optional<String> script = fields.text("script");
        List<String> args = fields.texts("args");
        if (fields.has("command") == fields.has("script")) {
            fields.problem(
                    "command",
                    fields.has("script")
                            ? "and with.script are both there; give only one of them"
                            : "is missing; give a list such as [git, status], or a shell's program text as with.script");
        } else if (script.isPresent()) {
            command.addAll(List.of("/bin/sh", "-c", script.get(), "sh"));
            command.addAll(args);
        } else if (fields.has("args")) {
            fields.problem("args", "belongs to with.script; append its values to with.command");
        } else if (fields.problems().isEmpty()
                && (command.isEmpty() || command.getFirst().isBlank())) {
            fields.problem("command", "must begin with the name of a program");
        }
        for (int i = 0; i < command.size(); i++) {
            refuseNul(
                    fields,
                    script.isPresent() ? "script or an element of with.args" : "command[" + i + "]",
                    command.get(i));
        }
        return List.copyOf(command);
    }

    private static Optional<String> input(@Nullable Object value) {
        return switch (value) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Object json -> Optional.of(new String(Json.write(json, "with.stdin"), UTF_8));
        };
    }

    private static Path directory(Fields fields) {
        try {
            return Path.of(fields.text("cwd").orElse(""));
        } catch (InvalidPathException e) {
            fields.problem("cwd", "is not a path: " + e.getReason());
            return Path.of("");
        }
    }

    private static Map<String, Optional<String>> variables(Fields fields) {
        Map<String, Optional<String>> variables = new LinkedHashMap<>();
        fields.map("env").forEach((name, value) -> {
            String where = "env." + name;
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                fields.problem(where, "is not a name of a variable");
            } else if (name.startsWith(OWN_VARIABLES)) {
                fields.problem(where, "is set by the engine; choose a name that does not begin with " + OWN_VARIABLES);
            } else if (value == null) {
                variables.put(name, Optional.empty());
            } else {
                fields.scalar(where, value).ifPresent(text -> {
                    refuseNul(fields, where, text);
                    variables.put(name, Optional.of(text));
                });
            }
        });
        return variables;
    }

    private static Set<Integer> successExitCodes(Fields fields) {
        Set<Integer> codes = new TreeSet<>();
        for (Object code :
                fields.has("successExitCodes") ? fields.list("successExitCodes") : List.<@Nullable Object>of(0L)) {
            if (code instanceof Number number && Fields.isWhole(number, 0, HIGHEST_EXIT_CODE)) {
                codes.add(number.intValue());
            } else {
                fields.problem("successExitCodes", "must hold whole numbers from 0 to " + HIGHEST_EXIT_CODE);
            }
        }
        return codes;
    }

    private static void refuseNul(Fields fields, String name, String text) {
        if (text.indexOf('\0') >= 0) {
            fields.problem(name, "holds a NUL character, which no program can be given");
        }
    }
}
