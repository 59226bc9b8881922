package dev.ropewalk.value;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/// The forms in which a secret may come back: as it is, each line of it, as a string in JSON, in
/// base64 (also in the middle of something longer), encoded for URLs, in hex.
///
/// Not found are base64 broken into lines, encryptions, digests, and what a program makes up itself.
final class SecretForms {

    /// Shorter secrets are everywhere; replacing them would destroy results and betray the secret by
    /// the places where it was.
    static final int SHORTEST_SECRET = 4;

    /// Parts of a secret and encodings of parts must be longer, because they match by chance.
    private static final int SHORTEST_PART = 6;

    private static final int SHORTEST_LINE = 8;

    private static final String UNRESERVED = "-._~";
    private static final String UNRESERVED_IN_SCRIPTS = "-._~!'()*";
    private static final String UNRESERVED_IN_FORMS = "-._*";

    private SecretForms() {}

    static Collection<byte[]> of(String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            return Set.of();
        }
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        secret.lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_LINE)
                .forEach(forms::add);
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        addJson(forms, secret);
        addBase64(forms, bytes);
        String hex = HexFormat.of().formatHex(bytes);
        forms.add(hex);
        forms.add(hex.toUpperCase(Locale.ROOT));
        for (String unreserved : new String[] {UNRESERVED, UNRESERVED_IN_SCRIPTS, UNRESERVED_IN_FORMS}) {
            addPercent(forms, bytes, unreserved, HexFormat.of());
            addPercent(forms, bytes, unreserved, HexFormat.of().withUpperCase());
        }
        return forms.stream().map(form -> form.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /// As we write strings, and as those do who escape whatever is not ASCII.
    private static void addJson(Set<String> forms, String secret) {
        String json = new String(Json.write(secret), StandardCharsets.UTF_8);
        String text = json.substring(1, json.length() - 1);
        forms.add(text);
        forms.add(text.replace("/", "\\/"));
        StringBuilder ascii = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            ascii.append(c < 0x80 ? String.valueOf(c) : "\\u" + HexFormat.of().toHexDigits(c));
        }
        forms.add(ascii.toString());
    }

    /// How base64 spells a byte depends on its place in a group of three, and at the ends on what
    /// stands beside it. So there is a form for each place, without the digits at its ends that other
    /// bytes have a share in, and the one of the secret alone, whole.
    private static void addBase64(Set<String> forms, byte[] bytes) {
        for (Base64.Encoder encoder : new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
            forms.add(encoder.encodeToString(bytes));
            forms.add(encoder.withoutPadding().encodeToString(bytes));
            for (int before = 0; before < 3; before++) {
                byte[] padded = new byte[before + bytes.length];
                System.arraycopy(bytes, 0, padded, before, bytes.length);
                String digits = encoder.withoutPadding().encodeToString(padded);
                int from = before == 0 ? 0 : before + 1;
                int to = padded.length % 3 == 0 ? digits.length() : digits.length() - 1;
                if (to - from >= SHORTEST_PART) {
                    forms.add(digits.substring(from, to));
                }
            }
        }
    }

    private static void addPercent(Set<String> forms, byte[] bytes, String unreserved, HexFormat hex) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            boolean plain = (b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || unreserved.indexOf(b) >= 0;
            text.append(plain ? String.valueOf((char) b) : "%" + hex.toHexDigits(b));
        }
        forms.add(text.toString());
        forms.add(text.toString().replace("%20", "+"));
    }
}
