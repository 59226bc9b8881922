package dev.ropewalk.format.cel;

import java.util.List;

/// What became of the source of an expression.
///
/// @param program to evaluate; of no use if there are complaints
/// @param references the names it takes from outside, in order of appearance
/// @param complaints what is wrong, as far as it is known without the plan
record Parsed(Program program, List<Mention> references, List<Complaint> complaints) {

    /// A name and the place in the source where it stands, counted in characters from 0.
    record Mention(Reference reference, int offset) {}

    Parsed {
        references = List.copyOf(references);
        complaints = List.copyOf(complaints);
    }

    static Parsed of(Complaint complaint) {
        return new Parsed(new Program(new Operators.Literal(null), 0), List.of(), List.of(complaint));
    }

    /// What [ChainParser] understood.
    static Parsed ofChain(Expr chain) {
        Expr first = chain;
        while (first instanceof Access access) {
            first = access.operand();
        }
        List<Mention> references = first instanceof Reference root ? List.of(new Mention(root, 0)) : List.of();
        return new Parsed(new Program(chain, 0), references, List.of());
    }
}
