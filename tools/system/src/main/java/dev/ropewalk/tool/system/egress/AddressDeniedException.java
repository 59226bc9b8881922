package dev.ropewalk.tool.system.egress;

import java.io.IOException;

/// A connection was refused before it was made, because its address is not a public one.
public final class AddressDeniedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String entry;

    AddressDeniedException(String host, String address, AddressKind kind, int port) {
        super(
                host.equals(address)
                        ? "%s is a %s address".formatted(address, kind)
                        : "%s points to %s, a %s address".formatted(host, address, kind));
        this.entry = (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
    }

    /// The entry of the list of allowed addresses that would allow it.
    public String entry() {
        return entry;
    }
}
