package dev.ropewalk.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks expressions when a plan is compiled; evaluation is not the core's business.
public interface ExpressionLanguage {

    /// What is known of an expression before it runs.
    ///
    /// @param tasks ids of the tasks to whose result or status it refers, in order of appearance
    /// @param item whether it refers to `item` or `index`
    /// @param problems what is wrong with it; the path is empty
    record Analysis(List<String> tasks, boolean item, List<Problem> problems) {
        public Analysis {
            tasks = List.copyOf(tasks);
            problems = List.copyOf(problems);
        }
    }

    /// What an expression may refer to.
    ///
    /// @param variables the types of the variables by name
    /// @param tasks ids of the workflow's tasks
    /// @param item whether it stands inside a `forEach`
    record Names(Map<String, Workflow.VariableType> variables, Set<String> tasks, boolean item) {}

    /// What the place of an expression asks of its value.
    enum Expected {
        ANY,
        BOOLEAN,
        LIST
    }

    Analysis analyse(String source, Names names, Expected expected);
}
