package dev.ropewalk.plan;

import java.util.ArrayList;
import java.util.List;

/// An expression language for tests: words between blanks. `tasks.a.result` refers to a task, `item` to
/// the item, `bad` is wrong.
final class WordLanguage implements ExpressionLanguage {

    int analysed;

    @Override
    public Analysis analyse(String source, Names names, Expected expected) {
        analysed++;
        List<String> tasks = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        boolean item = false;
        for (String word : source.split(" ", -1)) {
            if (word.startsWith("tasks.")) {
                tasks.add(word.split("\\.", -1)[1]);
            } else if (word.equals("item")) {
                item = true;
                if (!names.item()) {
                    problems.add(new Problem(Problem.EXPRESSION_INVALID, "", "there is no item here", "add forEach"));
                }
            } else if (word.equals("bad")) {
                problems.add(new Problem(Problem.EXPRESSION_INVALID, "", "bad is bad", "write it well"));
            }
        }
        return new Analysis(tasks, item, problems);
    }
}
