package dev.ropewalk.tool.system.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the header `Content-Type` says about a body.
///
/// @param type such as `text/html`, in lower case; empty if the answer does not say
/// @param charset of text
record ContentKind(String type, Charset charset) {
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\";\\s]+)");
    private static final Pattern TEXT = Pattern.compile("text/.*|message/.*|.*[/+](json|xml|yaml)"
            + "|application/(javascript|ecmascript|x-www-form-urlencoded|x-yaml|toml|sql|graphql|x-ndjson|jsonl"
            + "|json-seq|x-sh|ld\\+json)");

    static ContentKind of(String header) {
        String type = header.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        Matcher matcher = CHARSET.matcher(header);
        Optional<Charset> charset = matcher.find() ? charset(matcher.group(1)) : Optional.empty();
        return new ContentKind(type, charset.orElse(StandardCharsets.UTF_8));
    }

    private static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    boolean isJson() {
        return type.matches("application/json|text/json|.*\\+json");
    }

    /// A body without a type is taken for text, as most are.
    boolean isText() {
        return type.isEmpty() || TEXT.matcher(type).matches();
    }
}
