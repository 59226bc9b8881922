package dev.ropewalk.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The published JSON Schema of plan files (draft 2020-12), for editors and other tools. It describes
/// the same form as [PlanReader] reads; what needs the plan as a whole (cycles, unknown ids, types of
/// expressions) only the compiler can say.
public final class PlanSchema {

    /// By which a plan file may name it: `$schema: urn:ropewalk:schema:plan:1`.
    public static final String ID = "urn:ropewalk:schema:plan:1";

    private PlanSchema() {}

    /// The schema as JSON text.
    public static String text() {
        try (InputStream in = PlanSchema.class.getResourceAsStream("plan.schema.json")) {
            if (in == null) {
                throw new IllegalStateException("plan.schema.json is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
