package dev.ropewalk.tool.system.http;

import dev.ropewalk.tool.system.egress.HostName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// A URL in the parts that a request is made of.
///
/// @param scheme `http` or `https`
/// @param path with the query, as it goes into the request line
record Target(String scheme, HostName host, int port, String path) {
    private static final int HIGHEST_PORT = 65_535;

    /// @throws IllegalArgumentException if `url` is not a full URL that can be called; the message
    ///     continues a sentence that begins with where the URL stands
    static Target of(String url) {
        URI uri = uri(url);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("must begin with http:// or https://");
        }
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw new IllegalArgumentException("has no host");
        }
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "holds a user or a password before the host; give it as the header Authorization");
        }
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        int port =
                hasPort && colon + 1 < authority.length() ? port(authority.substring(colon + 1)) : defaultPort(scheme);
        try {
            return new Target(scheme, HostName.of(host), port, path(uri));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has the host \"%s\", which %s".formatted(host, e.getMessage()), e);
        }
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "is not a URL: %s at character %d; other characters than those of URLs are written as %%XX, or given by with.query"
                            .formatted(e.getReason(), e.getIndex() + 1),
                    e);
        }
    }

    private static int port(String digits) {
        if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > HIGHEST_PORT) {
            throw new IllegalArgumentException("must have a port from 1 to " + HIGHEST_PORT);
        }
        return Integer.parseInt(digits);
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static String path(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return ascii(path + query);
    }

    /// Characters beyond ASCII as the bytes of UTF-8, each as `%XX`.
    private static String ascii(String part) {
        return part.chars().allMatch(c -> c < 0x80)
                ? part
                : URI.create("http://host" + part).toASCIIString().substring("http://host".length());
    }

    Target withQuery(String query) {
        return query.isEmpty()
                ? this
                : new Target(scheme, host, port, path + (path.indexOf('?') < 0 ? "?" : "&") + query);
    }

    /// Where `location`, the header of a redirect, leads from here.
    ///
    /// @throws IllegalArgumentException as [#of]
    Target resolve(String location) {
        // Java resolves a lone query against the directory, browsers and RFC 3986 against the path.
        String reference = location.startsWith("?") ? path.replaceFirst("\\?.*", "") + location : location;
        return of(URI.create(toString()).resolve(uri(encodeStray(reference))).toString());
    }

    /// Servers send spaces and other characters that should have been encoded; browsers forgive
    /// that.
    private static String encodeStray(String location) {
        StringBuilder encoded = new StringBuilder();
        for (char c : location.strip().toCharArray()) {
            if (c <= ' ' || "\"<>\\^`{|}".indexOf(c) >= 0) {
                encoded.append("%%%02X".formatted((int) c));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    /// Scheme, host and port: who sees what is sent.
    String origin() {
        boolean six = host.name().indexOf(':') >= 0;
        String name = six ? "[" + host.name() + "]" : host.name();
        return scheme + "://" + name + (port == defaultPort(scheme) ? "" : ":" + port);
    }

    /// Without the query, which may hold secrets; for messages.
    String shown() {
        return origin() + path.replaceFirst("\\?.*", "");
    }

    @Override
    public String toString() {
        return origin() + path;
    }
}
