package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.mcp.ServerSettings.Url;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;

/// Resolves the name of a server and refuses it if any of its addresses is not public; the connection is
/// then made to the very addresses that were checked. Who answers for a name in the DNS is not who wrote
/// it into the configuration, and must not be able to turn our requests to this machine or its network.
///
/// An address that the configuration names itself (`http://127.0.0.1:8080/mcp`, or `localhost`) is what
/// the operator wants, and nobody else can turn it elsewhere.
final class AddressGuard implements DnsResolver {
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");

    private final Url server;
    private final DnsResolver names;

    AddressGuard(Url server, DnsResolver names) {
        this.server = server;
        this.names = names;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        for (InetAddress address : addresses) {
            if (!isExact(host) && !mayLeadTo(address)) {
                throw new Denied(host, address);
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private boolean mayLeadTo(InetAddress address) {
        return PublicAddress.isPublic(address)
                || (server.allowPrivateAddresses() && PublicAddress.isOfOurNetworks(address));
    }

    private static boolean isExact(String host) {
        return host.equalsIgnoreCase("localhost") || IPV4.matcher(host).matches() || host.indexOf(':') >= 0;
    }

    /// A name that leads to where it must not.
    static final class Denied extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Denied(String host, InetAddress address) {
            super(host + " resolves to " + address.getHostAddress() + ", which is not a public address");
        }
    }
}
