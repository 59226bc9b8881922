package dev.ropewalk.plan;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes a plan, field by field. [PlanDecoder] reads the same fields in the same order.
final class PlanEncoder {

    private final ByteWriter out = new ByteWriter();
    private final Map<RetryPolicy, Integer> retries = new HashMap<>();
    private final SharedEncoder shared = new SharedEncoder(out);

    byte[] encode(ExecutionPlan plan) {
        for (int c : PlanFormat.MAGIC) {
            out.oneByte(c);
        }
        out.number(PlanFormat.VERSION);
        out.text(plan.name());
        out.text(plan.version());
        about(plan.about());
        out.number(plan.timeoutMicros());
        out.number(plan.maxParallel());
        shared.ordering(plan.ordering());
        shared.resources(plan.shared());
        out.number(plan.scopes().size());
        plan.scopes().forEach(this::scope);
        out.number(plan.steps().size());
        out.number(plan.taskCount());
        plan.steps().forEach(this::step);
        plan.tasks().forEach(this::task);
        template(plan.result());
        for (int task = 0; task < plan.taskCount(); task++) {
            edges(plan, task);
        }
        lags(plan.lags());
        ConstraintsFormat.write(plan.constraints(), out);
        return out.toByteArray();
    }

    private void scope(Scope scope) {
        out.number(scope.parent() + 1);
        out.text(scope.prefix());
        entries(scope.variables());
    }

    private void step(PlannedStep step) {
        out.text(step.path());
        constant(PlanCodes.MODES, step.mode());
        constant(PlanCodes.ON_ERROR, step.onError());
        out.number(step.maxRetries());
        out.number(step.barrier() + 1);
        about(step.about());
        out.number(step.tasks().size());
        int last = 0;
        for (int task : step.tasks()) {
            out.signed(task - last);
            last = task;
        }
    }

    private void task(PlannedTask task) {
        out.text(task.path());
        out.number(task.step());
        out.number(task.scope());
        constant(PlanCodes.KINDS, task.kind());
        int has = has(task);
        out.number(has);
        if ((has & PlanCodes.GROUP) != 0) {
            out.number(task.group());
        }
        if ((has & PlanCodes.TOOL) != 0) {
            out.text(task.tool());
        }
        if ((has & PlanCodes.ARGUMENTS) != 0) {
            template(task.arguments());
        }
        task.when().ifPresent(when -> out.text(when.source()));
        if ((has & PlanCodes.CONDITIONS) != 0) {
            out.number(task.conditions().size());
            task.conditions().forEach(condition -> out.text(condition.source()));
        }
        if ((has & PlanCodes.ITEMS) != 0) {
            template(task.items().orElseThrow());
            out.number(task.maxItems());
        }
        if ((has & PlanCodes.RETRY) != 0) {
            retry(task.retry());
        }
        if ((has & PlanCodes.TIMEOUT) != 0) {
            out.number(task.timeoutMicros());
        }
        if ((has & PlanCodes.FAILURE) != 0) {
            constant(PlanCodes.ON_FAILURE, task.onFailure());
            out.number(task.fallback() + 1);
        }
        if ((has & PlanCodes.PRIORITY) != 0) {
            constant(PlanCodes.PRIORITIES, task.priority());
        }
        if ((has & PlanCodes.ESTIMATE) != 0) {
            out.number(task.estimatedMicros());
        }
        if ((has & PlanCodes.LOST) != 0) {
            constant(PlanCodes.ON_LOST, task.onLost());
        }
        if ((has & PlanCodes.NEEDS) != 0) {
            shared.needs(task.needs());
        }
        if ((has & PlanCodes.CONSTRAINTS) != 0) {
            ConstraintsFormat.write(task.constraints(), out);
        }
        if ((has & PlanCodes.ABOUT) != 0) {
            about(task.about());
        }
    }

    private static int has(PlannedTask task) {
        return flag(task.template(), PlanCodes.TEMPLATE)
                | flag(task.group() >= 0, PlanCodes.GROUP)
                | flag(!task.tool().isEmpty(), PlanCodes.TOOL)
                | flag(!task.arguments().equals(Template.NULL), PlanCodes.ARGUMENTS)
                | flag(task.when().isPresent(), PlanCodes.WHEN)
                | flag(task.items().isPresent(), PlanCodes.ITEMS)
                | flag(!task.retry().equals(RetryPolicy.NONE), PlanCodes.RETRY)
                | flag(task.timeoutMicros() != 0, PlanCodes.TIMEOUT)
                | flag(task.onFailure() != PlannedTask.OnFailure.FAIL, PlanCodes.FAILURE)
                | flag(task.priority() != Priority.NORMAL, PlanCodes.PRIORITY)
                | flag(task.estimatedMicros() != 0, PlanCodes.ESTIMATE)
                | flag(task.onLost() != OnLost.RERUN, PlanCodes.LOST)
                | flag(!task.needs().equals(Needs.NONE), PlanCodes.NEEDS)
                | flag(!task.conditions().isEmpty(), PlanCodes.CONDITIONS)
                | flag(!task.constraints().equals(Constraints.NONE), PlanCodes.CONSTRAINTS)
                | flag(!task.about().equals(Documentation.NONE), PlanCodes.ABOUT);
    }

    private static int flag(boolean present, int bit) {
        return present ? bit : 0;
    }

    /// A policy that came before is written as its number; most tasks inherit the same one.
    private void retry(RetryPolicy retry) {
        Integer known = retries.putIfAbsent(retry, retries.size() + 1);
        out.number(known == null ? 0 : known);
        if (known == null) {
            out.number(retry.maxRetries());
            duration(retry.delay());
            out.fixed(Double.doubleToLongBits(retry.backoff()));
            out.fixed(Double.doubleToLongBits(retry.jitter()));
            duration(retry.maxDelay());
            texts(retry.on());
            out.number(retry.rules().size());
            retry.rules().forEach(this::rule);
        }
    }

    private void rule(RetryPolicy.Rule rule) {
        texts(rule.on());
        out.number(rule.maxRetries().isPresent() ? rule.maxRetries().getAsInt() + 1L : 0);
        out.oneByte(rule.delay().isPresent() ? 1 : 0);
        rule.delay().ifPresent(this::duration);
    }

    private void duration(Duration duration) {
        out.signed(duration.getSeconds());
        out.number(duration.getNano());
    }

    private void about(Documentation about) {
        out.text(about.name());
        out.text(about.description());
        texts(about.tags());
        payload(about.metadata());
    }

    private void texts(List<String> texts) {
        out.number(texts.size());
        texts.forEach(out::text);
    }

    private void template(Template template) {
        switch (template) {
            case Template.Literal(Payload value) -> payload(value);
            case Template.Expression(String source) -> tagged(PlanCodes.EXPRESSION, source);
            case Template.ResultOf(String task) -> tagged(PlanCodes.RESULT_OF, task);
            case Template.Text(List<Template> parts) -> {
                out.oneByte(PlanCodes.TEXT);
                out.number(parts.size());
                parts.forEach(this::template);
            }
            case Template.Sequence(List<Template> items) -> {
                out.oneByte(PlanCodes.SEQUENCE);
                out.number(items.size());
                items.forEach(this::template);
            }
            case Template.Mapping(List<Template.Entry> entries) -> {
                out.oneByte(PlanCodes.MAPPING);
                entries(entries);
            }
        }
    }

    private void tagged(int tag, String text) {
        out.oneByte(tag);
        out.text(text);
    }

    private void entries(List<Template.Entry> entries) {
        out.number(entries.size());
        for (Template.Entry entry : entries) {
            out.text(entry.key());
            template(entry.value());
        }
    }

    private void payload(Payload payload) {
        if (payload.equals(Payload.NULL)) {
            out.oneByte(PlanCodes.NULL);
        } else if (payload.equals(Payload.EMPTY_OBJECT)) {
            out.oneByte(PlanCodes.EMPTY_OBJECT);
        } else if (payload.contentType().equals(Payload.JSON)) {
            out.oneByte(PlanCodes.JSON);
            out.bytes(payload.bytes());
        } else {
            out.oneByte(PlanCodes.OTHER);
            out.text(payload.contentType());
            out.bytes(payload.bytes());
        }
    }

    /// Targets are near their origins in most plans, so their distance is written.
    private void edges(ExecutionPlan plan, int task) {
        out.number(plan.successorCount(task));
        for (int k = 0; k < plan.successorCount(task); k++) {
            long distance = (long) plan.successor(task, k) - task;
            out.signed(distance << PlanCodes.EDGE_BITS | PlanCodes.EDGES.indexOf(plan.edgeKind(task, k)));
        }
    }

    /// By the number of the edge, as its distance from the one with a lag before it.
    private void lags(Lags lags) {
        out.number(lags.size());
        for (int i = 0; i < lags.size(); i++) {
            out.number(lags.edge(i) - (i == 0 ? 0 : lags.edge(i - 1)));
            out.number(lags.micros(i));
        }
    }

    private <T> void constant(List<T> codes, T constant) {
        out.number(codes.indexOf(constant));
    }
}
