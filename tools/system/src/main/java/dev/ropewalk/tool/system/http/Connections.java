package dev.ropewalk.tool.system.http;

import dev.ropewalk.tool.system.egress.GuardedResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// The connections of one engine. Made when the first request needs them, because that takes longer
/// than most engines without requests want to wait.
///
/// Everything that a client does by itself is off: redirects, cookies, authentication,
/// decompression, repetitions. Each would be a way around a limit or a check.
final class Connections implements AutoCloseable {
    /// The engine limits how many tasks run; this only keeps a mistake from taking all ports.
    private static final int MOST_CONNECTIONS = 10_000;

    private static final int LONGEST_HEADER_LINE = 16 * 1024;
    private static final int MOST_HEADERS = 200;
    private static final TimeValue KEEP = TimeValue.ofSeconds(30);

    private final HttpSettings settings;
    private final GuardedResolver resolver;
    private Optional<CloseableHttpClient> client = Optional.empty();
    private boolean closed;

    Connections(HttpSettings settings, GuardedResolver resolver) {
        this.settings = settings;
        this.resolver = resolver;
    }

    synchronized CloseableHttpClient client() throws IOException {
        if (closed) {
            throw new IOException("the engine is closed");
        }
        if (client.isEmpty()) {
            client = Optional.of(build());
        }
        return client.get();
    }

    private CloseableHttpClient build() {
        Timeout idle = Timeout.of(settings.idleTimeout());
        ConnectionConfig connection = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                .setSocketTimeout(idle)
                .setTimeToLive(TimeValue.ofMinutes(5))
                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                .build();
        RequestConfig request = RequestConfig.custom()
                .setResponseTimeout(idle)
                .setConnectionRequestTimeout(idle)
                .setProtocolUpgradeEnabled(false)
                .setDefaultKeepAlive(KEEP.getDuration(), KEEP.getTimeUnit())
                .build();
        return HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedAddresses(resolver))
                        .setDefaultConnectionConfig(connection)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxLineLength(LONGEST_HEADER_LINE)
                                        .setMaxHeaderCount(MOST_HEADERS)
                                        .build())
                                .build())
                        .build())
                .setDefaultRequestConfig(request)
                .setRetryStrategy(new OnlyStaleConnections())
                .setUserAgent("ropewalk")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .evictIdleConnections(KEEP)
                .build();
    }

    @Override
    public synchronized void close() {
        closed = true;
        client.ifPresent(open -> open.close(CloseMode.IMMEDIATE));
        resolver.close();
    }

    /// The client connects to the addresses that it gets here, and to no others.
    private record CheckedAddresses(GuardedResolver resolver) implements DnsResolver {

        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            try {
                return resolver.resolve(host, port).stream()
                        .map(address -> new InetSocketAddress(address, port))
                        .toList();
            } catch (UnknownHostException e) {
                throw e;
            } catch (IOException e) {
                UnknownHostException refused = new UnknownHostException(e.getMessage());
                refused.initCause(e);
                throw refused;
            }
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host + ": cannot be judged without a port");
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /// Retries are the engine's. The one exception is no retry of the plan's work: a server may
    /// close a connection that it kept open just when it is used again, and then has not seen the
    /// request.
    private static final class OnlyStaleConnections implements HttpRequestRetryStrategy {
        private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");

        @Override
        public boolean retryRequest(HttpRequest request, IOException failure, int count, HttpContext context) {
            return failure instanceof NoHttpResponseException && count == 1 && IDEMPOTENT.contains(request.getMethod());
        }

        @Override
        public boolean retryRequest(HttpResponse response, int count, HttpContext context) {
            return false;
        }

        @Override
        public TimeValue getRetryInterval(HttpResponse response, int count, HttpContext context) {
            return TimeValue.ZERO_MILLISECONDS;
        }
    }
}
