package dev.ropewalk.tool.system.http;

import dev.ropewalk.tool.ToolException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One request on the way through redirects.
record Hop(String method, Target target, List<HeaderField> headers, Optional<RequestBody> body) {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int SEE_OTHER = 303;

    /// What may follow to another origin. Everything else may be a credential, whatever its name
    /// is.
    private static final Set<String> HARMLESS =
            Set.of("accept", "accept-encoding", "accept-language", "content-type", "user-agent");

    static boolean isRedirect(int status) {
        return REDIRECTS.contains(status);
    }

    /// The request that a redirect asks for.
    ///
    /// Source: RFC 9110, section 15.4.
    ///
    /// @throws ToolException if it leads where a request cannot or should not go
    Hop follow(int status, String location) throws ToolException {
        Target next;
        try {
            next = target.resolve(location);
        } catch (IllegalArgumentException e) {
            throw ToolException.permanent(
                            "REDIRECT_DENIED",
                            "http: %s redirects to an address that %s".formatted(target.shown(), e.getMessage()))
                    .causedBy(e);
        }
        if (target.scheme().equals("https") && next.scheme().equals("http")) {
            throw ToolException.permanent(
                    "REDIRECT_DENIED",
                    "http: %s redirects to %s, which is not encrypted".formatted(target.shown(), next.shown()));
        }
        boolean becomesGet =
                !method.equals("HEAD") && (status == SEE_OTHER || (status < SEE_OTHER && method.equals("POST")));
        boolean sameOrigin = next.origin().equals(target.origin());
        List<HeaderField> kept = headers.stream()
                .filter(field -> sameOrigin || HARMLESS.stream().anyMatch(field::is))
                .filter(field -> !becomesGet || !(field.is("Content-Type") || field.is("Idempotency-Key")))
                .toList();
        return new Hop(becomesGet ? "GET" : method, next, kept, becomesGet ? Optional.empty() : body);
    }
}
