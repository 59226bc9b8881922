package dev.ropewalk.format.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.ropewalk.tool.ArgumentValidator;
import dev.ropewalk.value.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonSchemaValidatorTest {

    private static final String COPY = """
            {"type": "object",
             "properties": {
               "path": {"type": "string", "minLength": 1},
               "count": {"type": "integer", "minimum": 0},
               "mode": {"enum": ["fast", "safe"]},
               "parts": {"type": "array", "items": {"type": "object", "required": ["a b"],
                         "properties": {"a b": {}, "size": {"type": "number"}}, "additionalProperties": false}}},
             "required": ["path"],
             "additionalProperties": false}
            """;

    private final ArgumentValidator validator = new JsonSchemaValidator();

    private List<String> problems(String schema, String value) {
        return validator.problems(schema, Json.read(value), "with");
    }

    @Test
    void it_is_found_as_a_service() {
        assertThat(ServiceLoader.load(ArgumentValidator.class)).hasAtLeastOneElementOfType(JsonSchemaValidator.class);
    }

    @Test
    void what_is_valid_has_no_problems() {
        assertThat(problems(
                        COPY, "{\"path\":\"x\",\"count\":5,\"mode\":\"safe\",\"parts\":[{\"a b\":null,\"size\":1.5}]}"))
                .isEmpty();
        assertThat(problems(COPY, "{\"path\":\"x\",\"count\":5.0}")).isEmpty();
        assertThat(problems(COPY, "{\"path\":\"x\",\"count\":123456789012345678901234567890}"))
                .isEmpty();
        assertThat(problems("true", "[1e400, 1.00000000000000000001]")).isEmpty();
    }

    @Test
    void every_problem_is_said_with_its_path_and_a_remedy() {
        assertThat(
                        problems(
                                COPY,
                                "{\"pat\":\"x\",\"count\":\"5\",\"mode\":\"slow\",\"parts\":[{\"a b\":1},{\"size\":true,\"x y\":1}]}"))
                .containsExactlyInAnyOrder(
                        "with.path: is missing",
                        "with.pat: is not known here; did you mean \"path\"?",
                        "with.count: string found, integer expected",
                        "with.mode: does not have a value in the enumeration [\"fast\", \"safe\"]",
                        "with.parts[1][\"a b\"]: is missing",
                        "with.parts[1].size: boolean found, number expected",
                        "with.parts[1][\"x y\"]: is not known here; there are \"a b\", \"size\"");
        assertThat(problems("{\"additionalProperties\":false}", "{\"x\":1}"))
                .containsExactly("with.x: is not known here; remove it");
        assertThat(problems("{\"type\":\"object\"}", "[]")).containsExactly("with: array found, object expected");
    }

    @Test
    void tools_whose_schemas_look_alike_or_share_an_id_are_told_apart() {
        String data = "{\"$id\":\"https://example.org/t\",\"required\":[\"data\"]}";
        String date = "{\"$id\":\"https://example.org/t\",\"required\":[\"date\"]}";
        for (int i = 0; i < 2; i++) {
            assertThat(problems(data, "{\"data\":1}")).isEmpty();
            assertThat(problems(date, "{\"data\":1}")).containsExactly("with.date: is missing");
        }
    }

    @Test
    void references_inside_of_a_schema_and_older_drafts_work() {
        String schema = """
                {"$schema": "http://json-schema.org/draft-07/schema#",
                 "definitions": {"node": {"type": "object", "properties": {"next": {"$ref": "#/definitions/node"}},
                                          "additionalProperties": false}},
                 "$ref": "#/definitions/node"}
                """;
        assertThat(problems(schema, "{\"next\":{\"next\":{}}}")).isEmpty();
        assertThat(problems(schema, "{\"next\":{\"nxt\":{}}}"))
                .containsExactly("with.next.nxt: is not known here; did you mean \"next\"?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "1",
                "\"x\"",
                "null",
                "{\"$ref\":\"#/nowhere\"}",
                "{\"$ref\":\"classpath:schema.json\"}",
                "{\"$ref\":\"file:///etc/hostname\"}",
                "{\"$schema\":\"https://example.org/mine\"}",
                "{\"pattern\":\"(\"}",
                "{\"$ref\":\"#\"}"
            })
    void what_is_no_usable_schema_is_said_to_be_none(String schema) {
        assertThatThrownBy(() -> problems(schema, "\"text\"")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothing_is_fetched() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:%d/schema.json"
                    .formatted(server.getAddress().getPort());
            for (String schema :
                    List.of("{\"$ref\":\"%s\"}", "{\"$schema\":\"%s\"}", "{\"$id\":\"%s\",\"$ref\":\"other.json\"}")) {
                assertThatThrownBy(() -> problems(schema.formatted(address), "1"))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        } finally {
            server.stop(0);
        }
        assertThat(requests).hasValue(0);
    }

    @Test
    void a_schema_that_multiplies_its_work_is_given_up() {
        StringBuilder definitions = new StringBuilder("{\"$defs\":{\"d0\":{\"const\":1}");
        for (int i = 1; i < 60; i++) {
            definitions.append(",\"d%d\":{\"anyOf\":[{\"$ref\":\"#/$defs/d%d\"},{\"$ref\":\"#/$defs/d%d\"}]}"
                    .formatted(i, i - 1, i - 1));
        }
        String schema = definitions + "},\"$ref\":\"#/$defs/d59\"}";
        assertThatThrownBy(() -> problems(schema, "2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the schema cannot be applied");
    }

    @Test
    void a_pattern_that_backtracks_without_end_is_given_up() {
        assertThat(problems("{\"pattern\":\"^(?=a)a+$\"}", "\"aaaa\"")).isEmpty();
        assertThat(problems("{\"pattern\":\"^(?=a)a+$\"}", "\"baaa\"")).hasSize(1);
        assertThatThrownBy(() -> problems("{\"pattern\":\"^(.*a){20}$\"}", "\"" + "a".repeat(60) + "!\""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("backtracks without end");
        assertThatThrownBy(() -> problems("{\"pattern\":\"(x|a)*$\"}", "\"" + "a".repeat(200_000) + "!\""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void schemas_and_values_beyond_measure_are_refused() {
        assertThatThrownBy(() -> problems("{\"description\":\"" + "x".repeat(1 << 20) + "\"}", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1048576 are read");
        assertThatThrownBy(() -> problems("{\"not\":".repeat(500) + "true" + "}".repeat(500), "1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> validator.problems("{}", new Object(), "with"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a value of JSON");
    }

    @Test
    void more_schemas_than_are_kept_do_no_harm() {
        for (int i = 0; i < 600; i++) {
            assertThat(validator.problems("{\"const\":" + i + "}", i, "with")).isEmpty();
        }
        assertThat(validator.problems("{\"const\":0}", Map.of(), "with")).hasSize(1);
    }
}
