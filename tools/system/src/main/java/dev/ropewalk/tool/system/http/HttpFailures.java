package dev.ropewalk.tool.system.http;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.system.egress.AddressDeniedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;

/// What went wrong on the way to a server or back, as a failure with a stable code.
final class HttpFailures {
    private HttpFailures() {}

    static ToolException of(IOException e, Target target) {
        String what = "http: %s: %s".formatted(target.shown(), e.getMessage());
        return refusal(e)
                .orElseGet(() -> switch (e) {
                    case UnknownHostException _ -> ToolException.retryable("DNS", what);
                    case SocketTimeoutException _ -> ToolException.retryable("TIMEOUT", what);
                    case ConnectException _, NoRouteToHostException _ -> ToolException.retryable("CONNECT", what);
                    case SSLException _ ->
                        isAboutCertificate(e)
                                ? ToolException.permanent("TLS", what)
                                : ToolException.retryable("TLS", what);
                    case MessageConstraintException _ ->
                        ToolException.permanent("RESPONSE_TOO_LARGE", what + "; the limits of headers are fixed");
                    case IOException _ ->
                        cause(e, HttpException.class).isPresent()
                                ? ToolException.retryable("PROTOCOL", what)
                                : ToolException.retryable("IO", what);
                })
                .causedBy(e);
    }

    private static Optional<ToolException> refusal(IOException e) {
        return cause(e, AddressDeniedException.class)
                .map(denied -> ToolException.permanent(
                        "ADDRESS_DENIED",
                        ("http: %s, and requests go to public addresses only; if this one is meant, add \"%s\" to"
                                        + " tools.http.allow")
                                .formatted(denied.getMessage(), denied.entry())));
    }

    private static boolean isAboutCertificate(IOException e) {
        return e instanceof SSLPeerUnverifiedException
                || cause(e, CertificateException.class).isPresent();
    }

    private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
