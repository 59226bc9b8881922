package dev.ropewalk.tool.system.egress;

/// What the registries say an address is for.
enum AddressKind {
    PUBLIC("public"),
    LOOPBACK("loopback"),
    PRIVATE("private"),
    SHARED("shared (carrier-grade NAT)"),
    LINK_LOCAL("link-local"),
    UNSPECIFIED("unspecified"),
    MULTICAST("multicast"),
    DOCUMENTATION("documentation"),
    TRANSLATED("translated (IPv4 inside of IPv6)"),
    RESERVED("reserved");

    private final String words;

    AddressKind(String words) {
        this.words = words;
    }

    /// Whether it is of the networks that an operator opens with one switch.
    boolean isOfOurNetworks() {
        return this == LOOPBACK || this == PRIVATE || this == SHARED;
    }

    @Override
    public String toString() {
        return words;
    }
}
