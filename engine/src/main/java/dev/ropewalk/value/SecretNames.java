package dev.ropewalk.value;

import dev.ropewalk.expression.ExpressionException;

/// What an expression gets for `secrets.<name>`.
@FunctionalInterface
interface SecretNames {

    /// For values that are recorded: a placeholder in them would never be filled in.
    SecretNames REFUSED = name -> {
        throw new ExpressionException(
                "secrets.%s is known only to the tool that gets it; use secrets in the arguments of a tool (with) alone"
                        .formatted(name));
    };

    String placeholder(String name) throws ExpressionException;
}
