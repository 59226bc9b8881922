package dev.ropewalk.format.cel;

import java.util.Optional;

/// Parses expressions, with as little as will do.
final class Parser {

    private Parser() {}

    static Parsed parse(String source, ExpressionLimits limits) {
        Optional<Expr> chain = ChainParser.parse(source);
        if (chain.isPresent()) {
            return Parsed.ofChain(chain.get());
        }
        Optional<Complaint> tooLarge = Size.check(source, limits);
        return tooLarge.map(Parsed::of).orElseGet(() -> FrontEnd.parse(source).parsed());
    }
}
