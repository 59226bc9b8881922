package dev.ropewalk.tool.system.shell;

/// The JSON Schemas of the tool `shell`. What a schema cannot say in words that help, such as
/// "either `command` or `script`", the tool checks itself.
final class ShellSchema {
    static final String INPUT = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "command": {
                  "description": "The program and its arguments, one element each; nothing is expanded or split. Either this or script.",
                  "type": "array",
                  "minItems": 1,
                  "items": { "type": ["string", "number", "boolean"] }
                },
                "script": {
                  "description": "Program text for /bin/sh, taken literally. Give values by args, env or stdin, never inside the text.",
                  "type": "string"
                },
                "args": {
                  "description": "What the script finds in $1, $2 and so on.",
                  "type": "array",
                  "items": { "type": ["string", "number", "boolean"] }
                },
                "stdin": {
                  "description": "What the program reads from standard input: a string as it is, any other value as JSON. Empty if left out."
                },
                "cwd": {
                  "description": "The directory to run in, relative to the engine's working directory.",
                  "type": "string"
                },
                "env": {
                  "description": "Variables added to the environment; null removes one.",
                  "type": "object",
                  "additionalProperties": { "type": ["string", "number", "boolean", "null"] }
                },
                "successExitCodes": {
                  "description": "Exit codes with which the call succeeds.",
                  "type": "array",
                  "items": { "type": "integer", "minimum": 0, "maximum": 255 },
                  "default": [0]
                },
                "parse": {
                  "description": "json: standard output must be one JSON text and is returned as json in the place of stdout.",
                  "enum": ["text", "json"],
                  "default": "text"
                }
              }
            }
            """;

    static final String OUTPUT = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "additionalProperties": false,
              "required": ["exitCode", "stderr"],
              "properties": {
                "exitCode": { "type": "integer" },
                "stdout": { "type": "string" },
                "stderr": { "type": "string" },
                "json": { "description": "What standard output said, if parse is json." }
              }
            }
            """;

    private ShellSchema() {}
}
