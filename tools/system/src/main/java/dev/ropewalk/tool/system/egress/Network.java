package dev.ropewalk.tool.system.egress;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/// A range of addresses: those that begin with the first `bits` of `address`.
final class Network {
    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address.clone();
        this.bits = bits;
    }

    /// Of known text such as `10.0.0.0/8`.
    static Network of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("%s is not a range of addresses".formatted(text)));
    }

    /// `10.0.0.0/8`, `fd00::/8`, or a single address.
    static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        return literal(literal).flatMap(address -> {
            byte[] bytes = address.getAddress();
            int longest = bytes.length * Byte.SIZE;
            if (slash < 0) {
                return Optional.of(new Network(bytes, longest));
            }
            String bits = text.substring(slash + 1);
            return bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= longest
                    ? Optional.of(new Network(bytes, Integer.parseInt(bits)))
                    : Optional.empty();
        });
    }

    /// The address that `text` spells in the usual way; never asks a name server.
    static Optional<InetAddress> literal(String text) {
        boolean four = text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        boolean six = text.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
        if (!four && !six) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress candidate) {
        byte[] other = candidate.getAddress();
        if (other.length != address.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        int mask = 0xff << (Byte.SIZE - rest) & 0xff;
        return Arrays.equals(address, 0, whole, other, 0, whole)
                && (rest == 0 || (address[whole] & mask) == (other[whole] & mask));
    }
}
