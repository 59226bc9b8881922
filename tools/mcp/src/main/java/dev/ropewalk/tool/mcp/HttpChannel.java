package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.mcp.ServerSettings.Url;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Exchanges HTTP requests with one server: the configured headers and no others, no redirects, no
/// cookies, no compression (which could be a bomb), and connections only to addresses that [AddressGuard]
/// let pass.
final class HttpChannel implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 1_024;
    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final Timeout GOODBYE = Timeout.ofSeconds(2);
    private static final String SESSION = "Mcp-Session-Id";

    private final ServerSettings server;
    private final Url url;
    private final HttpRefusal refusal;
    private final CloseableHttpClient client;
    private volatile @Nullable String session;
    private volatile @Nullable String protocolVersion;

    HttpChannel(ServerSettings server, Url url, AddressGuard guard) {
        this.server = server;
        this.url = url;
        this.refusal = new HttpRefusal(server);
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(guard)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setValidateAfterInactivity(TimeValue.ofMilliseconds(100))
                                .build())
                        .build())
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .setUserAgent("ropewalk")
                .build();
    }

    HttpUriRequestBase post(byte[] body) {
        HttpPost post = prepared(new HttpPost(url.url()));
        post.setHeader(HttpHeaders.ACCEPT, "application/json, text/event-stream");
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        return post;
    }

    /// Listens to what the server says.
    ///
    /// @param lastEventId after which event; empty for what comes from now on
    HttpUriRequestBase get(Optional<String> lastEventId) {
        HttpGet get = prepared(new HttpGet(url.url()));
        get.setHeader(HttpHeaders.ACCEPT, "text/event-stream");
        lastEventId.ifPresent(id -> get.setHeader("Last-Event-ID", id));
        return get;
    }

    private <T extends HttpUriRequestBase> T prepared(T request) {
        url.headers().forEach(request::setHeader);
        if (protocolVersion != null) {
            request.setHeader("MCP-Protocol-Version", protocolVersion);
        }
        if (session != null) {
            request.setHeader(SESSION, session);
        }
        return request;
    }

    void agreed(String version) {
        protocolVersion = version;
    }

    /// Takes the session from the answer to the first request.
    void begin(ClassicHttpResponse response) throws ProtocolException {
        Header header = response.getFirstHeader(SESSION);
        if (header != null && header.getValue() != null) {
            if (!header.getValue().matches("[!-~]{1,1000}")) {
                throw new ProtocolException("a session id that is not of 1 to 1000 visible ASCII characters");
            }
            session = header.getValue();
        }
    }

    /// Sends `request` and reads the answer to its end.
    ///
    /// @throws ToolException if there is no answer, or one that refuses
    void execute(HttpUriRequestBase request, AnswerReader reader) throws ToolException {
        try (ClassicHttpResponse response = client.executeOpen(RoutingSupport.determineHost(request), request, null)) {
            if (response.getCode() >= 300) {
                throw refusal.of(response, session != null);
            }
            reader.read(response);
            EntityUtils.consume(response.getEntity());
        } catch (ProtocolException e) {
            throw Failures.io(server.name(), "it sent what is not a message: " + e.problem());
        } catch (HttpException e) {
            throw Failures.io(server.name(), "it does not speak HTTP: " + e.getMessage())
                    .causedBy(e);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private ToolException failure(IOException e) {
        String problem = VisibleText.line(String.valueOf(e.getMessage()), 500);
        return switch (e) {
            case AddressGuard.Denied _ ->
                Failures.addressDenied(server, problem).causedBy(e);
            case UnknownHostException _ ->
                Failures.unavailable(server.name(), "unknown host " + url.url().getHost())
                        .causedBy(e);
            case ConnectException _, ConnectTimeoutException _, NoRouteToHostException _, SSLException _ ->
                Failures.unavailable(server.name(), problem).causedBy(e);
            default ->
                Failures.io(server.name(), "the connection broke: " + problem).causedBy(e);
        };
    }

    /// At most the allowed size of a message.
    byte[] body(HttpEntity entity) throws IOException, ProtocolException {
        try (InputStream content = entity.getContent()) {
            byte[] body = content.readNBytes(server.maxMessageBytes() + 1);
            if (body.length > server.maxMessageBytes()) {
                throw new ProtocolException("a message longer than %d bytes".formatted(server.maxMessageBytes()));
            }
            return body;
        }
    }

    /// Reads over a body that nobody needs.
    void skip(ClassicHttpResponse response) throws IOException, ProtocolException {
        if (response.getEntity() != null) {
            body(response.getEntity());
        }
    }

    /// Says goodbye to the session and drops all connections.
    @Override
    public void close() {
        try {
            if (session != null) {
                HttpDelete goodbye = prepared(new HttpDelete(url.url()));
                goodbye.setConfig(
                        RequestConfig.custom().setResponseTimeout(GOODBYE).build());
                client.executeOpen(RoutingSupport.determineHost(goodbye), goodbye, null)
                        .close();
            }
        } catch (IOException | HttpException e) {
            // The server is gone, or forgets the session in its own time.
        } finally {
            client.close(CloseMode.IMMEDIATE);
        }
    }

    /// Reads a body.
    interface AnswerReader {
        void read(ClassicHttpResponse response) throws IOException, ProtocolException;
    }
}
