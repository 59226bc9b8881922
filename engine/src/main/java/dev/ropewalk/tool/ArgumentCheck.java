package dev.ropewalk.tool;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Refuses a call whose arguments are not what the tool says it takes. Safe for use by several threads.
///
/// A schema that cannot be used is the tool's mistake, not the plan's: it is reported once, and the
/// tool has to judge its arguments by itself.
public final class ArgumentCheck {

    /// The failure code; permanent.
    public static final String INVALID_ARGUMENTS = "INVALID_ARGUMENTS";

    private static final Logger log = LoggerFactory.getLogger(ArgumentCheck.class);
    private static final int MOST_SHOWN = 20;

    private final Optional<ArgumentValidator> validator;
    private final Set<String> unusable = ConcurrentHashMap.newKeySet();

    /// @param validator without one nothing is checked
    public ArgumentCheck(Optional<ArgumentValidator> validator) {
        this.validator = validator;
    }

    /// @param arguments with secrets filled in: redact the message before it is recorded
    /// @throws ToolException [#INVALID_ARGUMENTS] with all problems
    public void check(ToolDescriptor tool, Map<String, @Nullable Object> arguments) throws ToolException {
        if (validator.isEmpty() || tool.inputSchema().isEmpty()) {
            return;
        }
        List<String> problems =
                problems(validator.get(), tool, tool.inputSchema().get(), arguments);
        if (!problems.isEmpty()) {
            throw ToolException.permanent(INVALID_ARGUMENTS, message(tool.name(), problems));
        }
    }

    private List<String> problems(
            ArgumentValidator present, ToolDescriptor tool, String schema, Map<String, @Nullable Object> arguments) {
        if (unusable.contains(schema)) {
            return List.of();
        }
        try {
            return present.problems(schema, arguments, "with");
        } catch (IllegalArgumentException e) {
            if (unusable.add(schema)) {
                log.warn("Input schema cannot be used, arguments are not checked tool={}", tool.name(), e);
            }
            return List.of();
        }
    }

    private static String message(String tool, List<String> problems) {
        StringBuilder message = new StringBuilder();
        message.append("the arguments of ").append(tool).append(" are not valid, ");
        message.append(problems.size()).append(problems.size() == 1 ? " problem" : " problems");
        problems.stream()
                .limit(MOST_SHOWN)
                .forEach(problem -> message.append("\n  ").append(problem));
        if (problems.size() > MOST_SHOWN) {
            message.append("\n  and ").append(problems.size() - MOST_SHOWN).append(" more");
        }
        return message.toString();
    }
}
