package dev.ropewalk.value;

import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.secret.SecretSource;
import dev.ropewalk.tool.ToolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Keeps the values of secrets out of everything but the calls that need them. One for an engine; safe
/// for use by several threads.
///
/// An expression gets a placeholder, which nobody outside of this process can guess. [#reveal] puts the
/// value in its place when the tool is called; [#mask] puts `${secrets.NAME}` there for digests, which
/// must be the same in every process. Every value that was ever revealed is looked for in what comes
/// back, from whatever task, and replaced by `***` in all its forms (see [SecretForms]).
public final class Secrets {

    /// The failure code when no source has the secret; permanent.
    public static final String SECRET_MISSING = "SECRET_MISSING";

    /// The failure code when the source cannot be asked now; may be retried.
    public static final String SECRET_UNAVAILABLE = "SECRET_UNAVAILABLE";

    /// What is read when a text in UTF-8 ends within a character.
    private static final char HALF_A_CHARACTER = '\uFFFD';

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private final SecretSource source;
    private final KnownSecrets known = new KnownSecrets();
    private final String nonce;
    private final Pattern placeholders;

    /// Whether there may be a placeholder anywhere; without one, values need not be looked through.
    private volatile boolean used;

    public Secrets(SecretSource source) {
        this.source = source;
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.nonce = HexFormat.of().formatHex(random);
        this.placeholders = Pattern.compile("\\{\\{secret-" + nonce + ":(" + NAME.pattern() + ")}}");
    }

    /// What an expression gets for `secrets.<name>`.
    String placeholder(String name) throws ExpressionException {
        if (!NAME.matcher(name).matches()) {
            throw new ExpressionException("a secret cannot be named \"%s\"; use letters, digits and _".formatted(name));
        }
        used = true;
        return "{{secret-" + nonce + ":" + name + "}}";
    }

    /// The arguments with the values of secrets in the place of their placeholders.
    ///
    /// @throws ToolException [#SECRET_MISSING], [#SECRET_UNAVAILABLE], or `EXPRESSION` if an expression
    ///     took a placeholder apart
    @SuppressWarnings("unchecked") // a map stays a map, and its keys strings
    public Map<String, @Nullable Object> reveal(Map<String, @Nullable Object> arguments) throws ToolException {
        if (!used) {
            return arguments;
        }
        Leaves.Change<ToolException> change = leaf -> leaf instanceof String text ? revealed(text) : leaf;
        return (Map<String, @Nullable Object>) Objects.requireNonNull(Leaves.change(arguments, change));
    }

    private String revealed(String text) throws ToolException {
        if (!text.contains(nonce)) {
            return text;
        }
        StringBuilder result = new StringBuilder();
        StringBuilder rest = new StringBuilder();
        Matcher matcher = placeholders.matcher(text);
        int end = 0;
        while (matcher.find()) {
            rest.append(text, end, matcher.start());
            result.append(text, end, matcher.start()).append(value(matcher.group(1)));
            end = matcher.end();
        }
        if (rest.append(text, end, text.length()).indexOf(nonce) >= 0) {
            throw ToolException.permanent(
                    ExpressionException.CODE,
                    "an expression changes the text of a secret, which is known only when the tool is called; use"
                            + " ${secrets.NAME} as it is, or joined to other text");
        }
        return result.append(text, end, text.length()).toString();
    }

    private String value(String name) throws ToolException {
        String value;
        try {
            value = source.find(name).orElseThrow(() -> missing(name));
        } catch (IOException e) {
            throw ToolException.retryable(
                            SECRET_UNAVAILABLE, "the secret %s cannot be had now: %s".formatted(name, e.getMessage()))
                    .causedBy(e);
        }
        known.add(name, value);
        return value;
    }

    private ToolException missing(String name) {
        return ToolException.permanent(
                SECRET_MISSING, "there is no secret %s; %s".formatted(name, source.remedy(name)));
    }

    /// The value with `${secrets.NAME}` in the place of placeholders.
    @Nullable
    Object mask(@Nullable Object value) {
        if (!used) {
            return value;
        }
        Leaves.Change<RuntimeException> change = leaf -> leaf instanceof String text && text.contains(nonce)
                ? placeholders.matcher(text).replaceAll("\\${secrets.$1}")
                : leaf;
        return Leaves.change(value, change);
    }

    /// The value with `***` in the place of every secret and placeholder; to be called before anything
    /// a tool returned is recorded.
    public @Nullable Object redact(@Nullable Object value) {
        return used ? Leaves.change(value, this::redactLeaf) : value;
    }

    /// The text with `***` in the place of every secret and placeholder; to be called before a text is
    /// cut, or half a secret may be left.
    public String redact(String text) {
        if (!used) {
            return text;
        }
        String open = text.contains(nonce) ? placeholders.matcher(text).replaceAll(Redaction.MARK) : text;
        SecretPatterns patterns = known.patterns();
        byte[] bytes = open.getBytes(StandardCharsets.UTF_8);
        return patterns.areIn(bytes) ? new String(Redaction.of(bytes, patterns), StandardCharsets.UTF_8) : open;
    }

    /// As [#redact(Object)], for a value whose texts may have been cut by the tool: at the end of each,
    /// what may be the beginning of a secret is replaced too.
    public @Nullable Object redactExcerpts(@Nullable Object value) {
        return used
                ? Leaves.change(value, leaf -> leaf instanceof String text ? redactExcerpt(text) : redactLeaf(leaf))
                : value;
    }

    private String redactExcerpt(String text) {
        String whole = redact(text);
        int end = whole.length();
        while (end > 0 && whole.charAt(end - 1) == HALF_A_CHARACTER) {
            end--;
        }
        byte[] bytes = whole.substring(0, end).getBytes(StandardCharsets.UTF_8);
        byte[] redacted = Redaction.ofCut(bytes, known.patterns());
        return Arrays.equals(bytes, redacted) ? whole : new String(redacted, StandardCharsets.UTF_8);
    }

    private Object redactLeaf(Object leaf) {
        return switch (leaf) {
            case String text -> redact(text);
            case Number number -> {
                String text = number.toString();
                yield text.equals(redact(text)) ? number : Redaction.MARK;
            }
            case Payload payload
            when payload.contentType().equals(Payload.JSON) ->
                Payload.of(Json.write(redact(Json.read(payload.bytes()))), Payload.JSON);
            default -> leaf;
        };
    }

    /// A sink for what a tool puts out, in which secrets known by now are replaced as they come in.
    public BoundedOutput output(OutputLimits limits, Path directory) {
        return new BoundedOutput(limits, directory, known.patterns());
    }
}
