package dev.ropewalk.tool.system.http;

/// The JSON Schemas of the tool `http`. What a schema cannot say in words that help, such as "at
/// most one body", the tool checks itself.
final class HttpSchema {
    static final String INPUT = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "additionalProperties": false,
              "required": ["url"],
              "properties": {
                "method": {
                  "description": "GET if there is no body, else POST.",
                  "enum": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
                },
                "url": {
                  "description": "A full URL with http or https. Private addresses only if the configuration allows them.",
                  "type": "string"
                },
                "query": {
                  "description": "Added to the query of the URL, encoded; a list gives one pair for each element.",
                  "type": "object",
                  "additionalProperties": {
                    "type": ["string", "number", "boolean", "array"],
                    "items": { "type": ["string", "number", "boolean"] }
                  }
                },
                "headers": {
                  "description": "Headers of the request; a list gives one header for each element.",
                  "type": "object",
                  "additionalProperties": {
                    "type": ["string", "number", "boolean", "array"],
                    "items": { "type": ["string", "number", "boolean"] }
                  }
                },
                "json": {
                  "description": "The body: any value, sent as application/json."
                },
                "text": {
                  "description": "The body: text, sent as text/plain unless a header Content-Type says otherwise.",
                  "type": "string"
                },
                "form": {
                  "description": "The body: fields of a form, sent as application/x-www-form-urlencoded.",
                  "type": "object",
                  "additionalProperties": {
                    "type": ["string", "number", "boolean", "array"],
                    "items": { "type": ["string", "number", "boolean"] }
                  }
                },
                "followRedirects": {
                  "description": "Whether to follow up to five redirects.",
                  "type": "boolean",
                  "default": true
                },
                "successStatus": {
                  "description": "Status codes with which the call succeeds, as numbers or ranges such as 200-299.",
                  "type": "array",
                  "items": { "type": ["integer", "string"] },
                  "default": ["200-299"]
                },
                "maxBytes": {
                  "description": "The largest body that is accepted, after decompression: bytes, or text such as 64KiB.",
                  "type": ["integer", "string"]
                },
                "parse": {
                  "description": "What the body becomes: json if the answer says it is JSON, base64 if it is binary, else text; or one of these always.",
                  "enum": ["auto", "json", "text", "base64"],
                  "default": "auto"
                },
                "usage": {
                  "description": "Where the answer says what the call has used: JSON Pointers into its JSON.",
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "tokens": { "type": "string", "pattern": "^/", "default": "/usage/total_tokens" },
                    "cost": { "type": "string", "pattern": "^/" }
                  }
                }
              }
            }
            """;

    static final String OUTPUT = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "additionalProperties": false,
              "required": ["status", "headers", "url"],
              "properties": {
                "status": { "type": "integer" },
                "headers": {
                  "description": "Names in lower case; several of one name are joined by a comma, set-cookie is a list.",
                  "type": "object",
                  "additionalProperties": { "type": ["string", "array"] }
                },
                "body": { "type": "string" },
                "encoding": { "description": "base64 if the body is; else absent.", "enum": ["base64"] },
                "json": { "description": "What the body said, if it was read as JSON; then there is no body." },
                "url": { "description": "Where the answer came from, after redirects.", "type": "string" }
              }
            }
            """;

    private HttpSchema() {}
}
