package dev.ropewalk.testkit.plans;

import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.Template;
import dev.ropewalk.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Random values that may hold expressions.
final class TaskArguments {

    private final SeededRandom random;
    private final Set<Feature> features;
    private final RandomWorkflow.Scope scope;

    TaskArguments(SeededRandom random, Set<Feature> features, RandomWorkflow.Scope scope) {
        this.random = random;
        this.features = features;
        this.scope = scope;
    }

    Template reference(String id) {
        return random.percent(50) ? new Template.ResultOf(id) : new Template.Expression("tasks." + id + ".result");
    }

    /// @param item whether it stands in a `forEach`
    Template arguments(boolean item) {
        List<Template.Entry> entries = new ArrayList<>();
        entries.add(new Template.Entry("n", new Template.Literal(Payload.json("" + random.below(100)))));
        if (features.contains(Feature.REFERENCES)) {
            for (String id : scope.visible()) {
                if (random.percent(30)) {
                    entries.add(new Template.Entry(id, random.percent(80) ? reference(id) : status(id)));
                }
            }
        }
        if (random.percent(20)) {
            entries.add(new Template.Entry("v", new Template.Expression("vars.v")));
        }
        if (features.contains(Feature.SECRETS) && random.percent(30)) {
            entries.add(new Template.Entry("secret", text("key ", "secrets.KEY")));
        }
        if (item) {
            entries.add(new Template.Entry("item", new Template.Expression("item")));
            entries.add(new Template.Entry("text", text("item-", "index")));
        }
        if (features.contains(Feature.FAILING_EXPRESSIONS) && random.percent(4)) {
            entries.add(new Template.Entry("bad", new Template.Expression("fail vars.v")));
        }
        return new Template.Mapping(entries);
    }

    private Template status(String id) {
        return random.percent(50)
                ? new Template.Expression("tasks." + id + ".status")
                : text("was ", "tasks." + id + ".status");
    }

    private static Template text(String before, String expression) {
        return new Template.Text(
                List.of(new Template.Literal(Payload.json("\"" + before + "\"")), new Template.Expression(expression)));
    }

    Template.Expression condition(boolean item) {
        String bad = features.contains(Feature.FAILING_EXPRESSIONS) && random.percent(10) ? "fail " : "even ";
        return new Template.Expression(bad + about(item));
    }

    Template list() {
        if (random.percent(30)) {
            return new Template.Literal(Payload.json("[1,\"two\",{\"three\":3}]"));
        }
        String bad = features.contains(Feature.FAILING_EXPRESSIONS) && random.percent(10) ? "fail " : "list 5 ";
        return new Template.Expression(bad + about(false));
    }

    private String about(boolean item) {
        List<String> visible = scope.visible();
        if (item && random.percent(50)) {
            return "index";
        }
        if (visible.isEmpty() || !features.contains(Feature.REFERENCES) || random.percent(20)) {
            return "vars.v";
        }
        return "tasks." + random.pick(visible) + ".result";
    }
}
