package dev.ropewalk.tool.system.egress;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/// A host as a URL spells it, brought into the one form that is judged, resolved and connected to.
///
/// Old resolvers read `127.1`, `0x7f.1`, `017700000001` and `2130706433` as 127.0.0.1, and Unicode
/// knows many digits and dots. Whoever checks one reading and connects by another is fooled, so all
/// of these are read here, once, as browsers do.
///
/// Source: WHATWG URL Standard, "host parser" and "IPv4 parser".
///
/// @param name in lower case and ASCII, without a final dot; an address in its usual spelling
/// @param address if the name is one
public record HostName(String name, Optional<InetAddress> address) {
    private static final int LONGEST = 253;

    /// @throws IllegalArgumentException if no host is spelled like this; the message continues a
    ///     sentence that begins with the host
    public static HostName of(String spelled) {
        if (spelled.startsWith("[") && spelled.endsWith("]")) {
            return six(spelled.substring(1, spelled.length() - 1));
        }
        String ascii = ascii(spelled);
        String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        if (name.isEmpty() || name.length() > LONGEST || !name.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*")) {
            throw new IllegalArgumentException("is not the name of a host");
        }
        return endsInNumber(name) ? four(name) : new HostName(name, Optional.empty());
    }

    private static String ascii(String spelled) {
        try {
            return IDN.toASCII(spelled).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not the name of a host: " + e.getMessage(), e);
        }
    }

    private static HostName six(String literal) {
        InetAddress address = Network.literal(literal)
                .filter(_ -> literal.indexOf(':') >= 0)
                .orElseThrow(() -> new IllegalArgumentException("is not an IPv6 address"));
        if (address.getAddress().length == Integer.BYTES) {
            throw new IllegalArgumentException(
                    "is an IPv4 address in the form of IPv6; write it as " + address.getHostAddress());
        }
        return new HostName(address.getHostAddress(), Optional.of(address));
    }

    private static boolean endsInNumber(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.matches("\\d+|0x[0-9a-f]*");
    }

    /// Up to four numbers, each decimal, octal or hexadecimal; the last fills all bytes that
    /// remain.
    private static HostName four(String name) {
        String[] parts = name.split("\\.", -1);
        long value = 0;
        boolean valid = parts.length <= Integer.BYTES;
        for (int i = 0; i < parts.length && valid; i++) {
            boolean last = i == parts.length - 1;
            int bits = last ? Byte.SIZE * (Integer.BYTES - i) : Byte.SIZE;
            long number = number(parts[i]);
            valid = number >= 0 && number < 1L << bits;
            value = value << bits | number;
        }
        if (!valid) {
            throw new IllegalArgumentException("ends in a number but is not an IPv4 address");
        }
        InetAddress address = address((int) value);
        return new HostName(address.getHostAddress(), Optional.of(address));
    }

    /// -1 if it is no number or a very large one.
    private static long number(String part) {
        if (part.matches("0x[0-9a-f]{0,10}")) {
            return part.length() == 2 ? 0 : Long.parseLong(part.substring(2), 16);
        }
        if (part.matches("0[0-7]{1,14}")) {
            return Long.parseLong(part, 8);
        }
        return part.matches("0|[1-9]\\d{0,11}") ? Long.parseLong(part) : -1;
    }

    private static InetAddress address(int value) {
        byte[] bytes = {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
