package dev.ropewalk.format;

import dev.ropewalk.plan.Template;
import org.jspecify.annotations.Nullable;

/// A value of a plan file: known now, or known when it is evaluated. What is known is put into JSON
/// once, however deep it stands in another value.
sealed interface PlanValue {

    Template template();

    /// @param value of the kinds that [NodeJson#value] gives
    record Constant(@Nullable Object value) implements PlanValue {
        @Override
        public Template template() {
            return new Template.Literal(NodeJson.payload(value));
        }
    }

    record Dynamic(Template template) implements PlanValue {}
}
