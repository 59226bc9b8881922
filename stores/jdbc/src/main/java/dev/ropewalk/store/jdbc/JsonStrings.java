package dev.ropewalk.store.jdbc;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A list of texts as one JSON array: a column of tags, or one parameter for many values.
final class JsonStrings {
    private static final String NONE = "[]";
    private static final JsonFactory JSON = new JsonFactory();

    private JsonStrings() {}

    static String write(Collection<String> texts) {
        if (texts.isEmpty()) {
            return NONE;
        }
        StringWriter json = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), json)) {
            generator.writeStartArray();
            texts.forEach(generator::writeString);
            generator.writeEndArray();
        }
        return json.toString();
    }

    static List<String> read(String json) {
        if (json.equals(NONE)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.VALUE_STRING) {
                texts.add(parser.getString());
            }
        }
        return List.copyOf(texts);
    }
}
