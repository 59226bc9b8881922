package dev.ropewalk.tool.system.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// The networks that are not part of the public internet.
///
/// Source: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its successors); RFC
/// 3056 (6to4), RFC 4380 (Teredo), RFC 6052 (NAT64).
final class SpecialNetworks {
    private record Special(Network network, AddressKind kind) {
        Special(String network, AddressKind kind) {
            this(Network.of(network), kind);
        }
    }

    private static final Network SIX_TO_FOUR = Network.of("2002::/16");
    private static final Network TEREDO = Network.of("2001::/32");

    /// The first that holds an address decides.
    private static final List<Special> ALL = List.of(
            new Special("127.0.0.0/8", AddressKind.LOOPBACK),
            new Special("10.0.0.0/8", AddressKind.PRIVATE),
            new Special("172.16.0.0/12", AddressKind.PRIVATE),
            new Special("192.168.0.0/16", AddressKind.PRIVATE),
            new Special("100.64.0.0/10", AddressKind.SHARED),
            new Special("169.254.0.0/16", AddressKind.LINK_LOCAL),
            new Special("0.0.0.0/8", AddressKind.UNSPECIFIED),
            new Special("224.0.0.0/4", AddressKind.MULTICAST),
            new Special("192.0.2.0/24", AddressKind.DOCUMENTATION),
            new Special("198.51.100.0/24", AddressKind.DOCUMENTATION),
            new Special("203.0.113.0/24", AddressKind.DOCUMENTATION),
            new Special("192.0.0.0/24", AddressKind.RESERVED),
            new Special("192.88.99.0/24", AddressKind.RESERVED),
            new Special("198.18.0.0/15", AddressKind.RESERVED),
            new Special("240.0.0.0/4", AddressKind.RESERVED),
            new Special("::1", AddressKind.LOOPBACK),
            new Special("::", AddressKind.UNSPECIFIED),
            new Special("fc00::/7", AddressKind.PRIVATE),
            new Special("fec0::/10", AddressKind.PRIVATE),
            new Special("fe80::/10", AddressKind.LINK_LOCAL),
            new Special("ff00::/8", AddressKind.MULTICAST),
            new Special("2001:db8::/32", AddressKind.DOCUMENTATION),
            new Special("3fff::/20", AddressKind.DOCUMENTATION),
            new Special("::/96", AddressKind.TRANSLATED),
            new Special("::ffff:0:0:0/96", AddressKind.TRANSLATED),
            new Special("64:ff9b::/96", AddressKind.TRANSLATED),
            new Special("64:ff9b:1::/48", AddressKind.TRANSLATED),
            new Special("100::/64", AddressKind.RESERVED),
            new Special("2001::/23", AddressKind.RESERVED),
            new Special("5f00::/16", AddressKind.RESERVED));

    private SpecialNetworks() {}

    /// An address of a tunnel is of the kind of the IPv4 address at its far end.
    static AddressKind kindOf(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (SIX_TO_FOUR.contains(address)) {
            return kindOf(four(bytes, 2, 0));
        }
        if (TEREDO.contains(address)) {
            AddressKind server = kindOf(four(bytes, 4, 0));
            // Teredo hides the client's address by inverting it.
            return server == AddressKind.PUBLIC ? kindOf(four(bytes, 12, 0xff)) : server;
        }
        return ALL.stream()
                .filter(special -> special.network().contains(address))
                .map(Special::kind)
                .findFirst()
                .orElse(AddressKind.PUBLIC);
    }

    private static InetAddress four(byte[] bytes, int start, int flip) {
        byte[] four = Arrays.copyOfRange(bytes, start, start + Integer.BYTES);
        for (int i = 0; i < four.length; i++) {
            four[i] ^= (byte) flip;
        }
        try {
            return InetAddress.getByAddress(four);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
