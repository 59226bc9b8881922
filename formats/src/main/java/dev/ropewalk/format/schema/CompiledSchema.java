package dev.ropewalk.format.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.ValidationLimitExceededException;
import dev.ropewalk.value.Json;
import dev.ropewalk.value.ValueException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One schema, ready to check values. It comes from a tool, which may be hostile: nothing is fetched,
/// the work of one check is bounded, and patterns that backtrack without end are given up.
final class CompiledSchema {

    private static final int MOST_STEPS = 1_000_000;
    private static final int DEEPEST = 256;

    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .regularExpressionFactory(new BoundedExpressions())
            .locale(Locale.ROOT)
            .build();

    private final JsonNode source;
    private final Schema schema;

    private CompiledSchema(JsonNode source, Schema schema) {
        this.source = source;
        this.schema = schema;
    }

    static CompiledSchema of(String text) {
        try {
            JsonNode source = Nodes.of(Json.read(text));
            if (!source.isObject() && !source.isBoolean()) {
                throw new IllegalArgumentException("a schema is an object, true or false");
            }
            return new CompiledSchema(source, registry().getSchema(source));
        } catch (ValueException | SchemaException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /// One for each schema, because a registry remembers schemas by `$id`.
    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(CONFIG)
                        .schemaCacheEnabled(false)
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)
                                .allow(address -> isOfTheStandard(address.toString()))));
    }

    private static boolean isOfTheStandard(String address) {
        return address.startsWith("https://json-schema.org/") || address.startsWith("http://json-schema.org/");
    }

    List<String> problems(@Nullable Object value, String root) {
        try {
            List<Error> errors = schema.validate(
                    Nodes.of(value),
                    context -> context.executionConfig(
                            config -> config.maxEvaluationSteps(MOST_STEPS).maxEvaluationDepth(DEEPEST)));
            return errors.stream()
                    .map(error -> Complaint.of(error, source, root))
                    .distinct()
                    .toList();
        } catch (SchemaException | ValidationLimitExceededException | StackOverflowError e) {
            throw new IllegalArgumentException("the schema cannot be applied: " + e, e);
        }
    }
}
