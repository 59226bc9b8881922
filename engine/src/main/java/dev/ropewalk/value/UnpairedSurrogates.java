package dev.ropewalk.value;

/// Halves of characters whose other half is missing.
final class UnpairedSurrogates {

    private UnpairedSurrogates() {}

    /// `text` itself if there are none in it.
    static String replacedIn(String text) {
        StringBuilder replaced = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                replaced = replaced == null ? new StringBuilder(text) : replaced;
                replaced.setCharAt(i, '\ufffd');
            }
        }
        return replaced == null ? text : replaced.toString();
    }
}
