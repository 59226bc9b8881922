package dev.ropewalk.store;

import java.io.StringWriter;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Answers an [ExecutionQuery] row by row, for a store that has no index.
final class ExecutionFilter {
    private static final JsonFactory JSON = new JsonFactory();

    private final ExecutionQuery query;
    private final Set<String> statuses;

    ExecutionFilter(ExecutionQuery query) {
        this.query = query;
        this.statuses = Set.copyOf(query.statuses());
    }

    boolean matches(ExecutionRow row) {
        return row.namespace().equals(query.namespace())
                && row.id().startsWith(query.idPrefix())
                && (statuses.isEmpty() || statuses.contains(row.shownStatus()))
                && query.workflow().map(row.workflow()::equals).orElse(true)
                && row.tags().containsAll(query.tags())
                && (query.metadata().isEmpty() || matches(row.metadata()));
    }

    private boolean matches(String metadata) {
        int found = 0;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), metadata)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String wanted = query.metadata().get(parser.currentName());
                JsonToken value = parser.nextToken();
                if (wanted != null) {
                    String text = value == JsonToken.VALUE_STRING ? parser.getString() : json(parser);
                    found += text.equals(wanted) ? 1 : 0;
                }
                parser.skipChildren();
            }
        }
        return found == query.metadata().size();
    }

    private static String json(JsonParser parser) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            generator.copyCurrentStructureExact(parser);
        }
        return text.toString();
    }
}
