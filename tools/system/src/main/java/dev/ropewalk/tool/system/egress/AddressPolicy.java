package dev.ropewalk.tool.system.egress;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which addresses calls may go to: public ones, and what the operator allows.
public final class AddressPolicy {
    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]*)(?::(\\d{1,5}))?");
    private static final int HIGHEST_PORT = 65_535;

    private final boolean allowPrivate;
    private final List<Rule> rules;

    private sealed interface Rule {
        boolean allows(String host, InetAddress address, int port);
    }

    private record NetworkRule(Network network, OptionalInt port) implements Rule {
        @Override
        public boolean allows(String host, InetAddress address, int used) {
            return network.contains(address) && port.orElse(used) == used;
        }
    }

    private record HostRule(String name, OptionalInt port) implements Rule {
        @Override
        public boolean allows(String host, InetAddress address, int used) {
            return host.equals(name) && port.orElse(used) == used;
        }
    }

    private AddressPolicy(boolean allowPrivate, List<Rule> rules) {
        this.allowPrivate = allowPrivate;
        this.rules = List.copyOf(rules);
    }

    /// @param allowPrivate whether loopback, private and shared addresses are allowed; link-local
    ///     ones, where clouds keep credentials, need an entry of their own
    /// @param allow hosts, addresses and ranges, each with an optional port: `printer.local`,
    ///     `127.0.0.1:8080`, `[::1]:8080`, `10.0.0.0/8`. A host by name is trusted wherever it
    ///     points
    /// @throws IllegalArgumentException for an entry that is none of these; the message names it
    public static AddressPolicy of(boolean allowPrivate, List<String> allow) {
        List<Rule> rules = new ArrayList<>();
        for (String entry : allow) {
            rules.add(rule(entry)
                    .orElseThrow(() -> new IllegalArgumentException(("\"%s\" is not a host, an address or a range of"
                                    + " addresses, with or without a port, such as 127.0.0.1:8080, [::1]:8080 or"
                                    + " 10.0.0.0/8")
                            .formatted(entry))));
        }
        return new AddressPolicy(allowPrivate, rules);
    }

    private static Optional<Rule> rule(String entry) {
        Optional<Network> bare = Network.parse(entry);
        if (bare.isPresent()) {
            return bare.map(network -> new NetworkRule(network, OptionalInt.empty()));
        }
        Matcher matcher = WITH_PORT.matcher(entry);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        OptionalInt port =
                matcher.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(2)));
        if (port.orElse(1) < 1 || port.orElse(1) > HIGHEST_PORT) {
            return Optional.empty();
        }
        String host = matcher.group(1).replaceAll("[\\[\\]]", "");
        Optional<Network> network = Network.parse(host);
        return network.isPresent()
                ? network.map(range -> new NetworkRule(range, port))
                : hostRule(host.toLowerCase(Locale.ROOT), port);
    }

    private static Optional<Rule> hostRule(String host, OptionalInt port) {
        try {
            HostName name = HostName.of(host);
            return name.address().isPresent() ? Optional.empty() : Optional.of(new HostRule(name.name(), port));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// @param host as in [HostName#name()]
    /// @throws AddressDeniedException if a connection to `address` is not allowed
    public void check(String host, InetAddress address, int port) throws AddressDeniedException {
        AddressKind kind = SpecialNetworks.kindOf(address);
        boolean allowed = kind == AddressKind.PUBLIC
                || (allowPrivate && kind.isOfOurNetworks())
                || rules.stream().anyMatch(rule -> rule.allows(host, address, port));
        if (!allowed) {
            throw new AddressDeniedException(host, address.getHostAddress(), kind, port);
        }
    }
}
