package dev.ropewalk.tool.mcp;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Tells addresses of the public Internet from all others. Source: the IANA special-purpose address
/// registries for IPv4 and IPv6 (RFC 6890 and its updates), and RFC 6052, 3056 and 4380 for IPv4
/// addresses inside of IPv6 ones.
final class PublicAddress {
    private static final List<Range> NOT_PUBLIC = List.of(
            new Range("00000000", 8), // this network
            new Range("0a000000", 8), // private
            new Range("64400000", 10), // carrier-grade NAT
            new Range("7f000000", 8), // loopback
            new Range("a9fe0000", 16), // link-local, and the metadata services of clouds
            new Range("ac100000", 12), // private
            new Range("c0000000", 24), // protocol assignments
            new Range("c0000200", 24), // documentation
            new Range("c0586300", 24), // 6to4 relays
            new Range("c0a80000", 16), // private
            new Range("c6120000", 15), // benchmarks
            new Range("c6336400", 24), // documentation
            new Range("cb007100", 24), // documentation
            new Range("e0000000", 3)); // multicast, reserved, broadcast

    /// All of the public IPv6 Internet is inside of 2000::/3.
    private static final Range GLOBAL_UNICAST = new Range("20000000000000000000000000000000", 3);

    private static final List<Range> NOT_PUBLIC_6 = List.of(
            new Range("20010000000000000000000000000000", 23), // protocol assignments, Teredo among them
            new Range("20010db8000000000000000000000000", 32), // documentation
            new Range("20020000000000000000000000000000", 16), // 6to4
            new Range("3fff0000000000000000000000000000", 20)); // documentation

    private static final Range NAT64 = new Range("0064ff9b000000000000000000000000", 96);

    /// Loopback, private and shared addresses. Not link-local ones: under 169.254.169.254 clouds keep
    /// credentials.
    private static final List<Range> OUR_NETWORKS = List.of(
            new Range("7f000000", 8),
            new Range("0a000000", 8),
            new Range("ac100000", 12),
            new Range("c0a80000", 16),
            new Range("64400000", 10),
            new Range("00000000000000000000000000000001", 128),
            new Range("fc000000000000000000000000000000", 7));

    private PublicAddress() {}

    static boolean isOfOurNetworks(InetAddress address) {
        return OUR_NETWORKS.stream().anyMatch(range -> range.has(address.getAddress()));
    }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return NOT_PUBLIC.stream().noneMatch(range -> range.has(bytes));
        }
        if (NAT64.has(bytes)) {
            byte[] inside = Arrays.copyOfRange(bytes, 12, 16);
            return NOT_PUBLIC.stream().noneMatch(range -> range.has(inside));
        }
        return GLOBAL_UNICAST.has(bytes) && NOT_PUBLIC_6.stream().noneMatch(range -> range.has(bytes));
    }

    /// All addresses whose first `bits` are those of `start`.
    private record Range(byte[] start, int bits) {
        Range(String hex, int bits) {
            this(HexFormat.of().parseHex(hex), bits);
        }

        boolean has(byte[] address) {
            int whole = bits / 8;
            int mask = 0xff00 >> bits % 8 & 0xff;
            return start.length == address.length
                    && Arrays.equals(start, 0, whole, address, 0, whole)
                    && (mask == 0 || (start[whole] & mask) == (address[whole] & mask));
        }
    }
}
