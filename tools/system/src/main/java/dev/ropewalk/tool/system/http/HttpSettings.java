package dev.ropewalk.tool.system.http;

import dev.ropewalk.tool.ToolSettings;
import dev.ropewalk.tool.system.Fields;
import dev.ropewalk.tool.system.egress.AddressPolicy;
import java.time.Duration;
import java.util.List;

/// The section `tools.http` of the configuration.
///
/// @param enabled whether the family has its tool at all
/// @param policy where requests may go
/// @param connectTimeout for resolving a name, and again for making a connection
/// @param idleTimeout how long an answer may pause, its beginning included
/// @param maxResponseBytes of a body after decompression
/// @param maxRetryAfter what a longer delay that a server asks for is cut to
record HttpSettings(
        boolean enabled,
        AddressPolicy policy,
        Duration connectTimeout,
        Duration idleTimeout,
        long maxResponseBytes,
        Duration maxRetryAfter) {

    static HttpSettings of(ToolSettings settings) {
        Fields fields = Fields.ofSettings(HttpTool.NAME, settings.values());
        boolean enabled = fields.flag("enabled", true);
        boolean allowPrivate = fields.flag("allowPrivateAddresses", false);
        AddressPolicy policy = policy(fields, allowPrivate, fields.texts("allow"));
        Duration connectTimeout = fields.duration("connectTimeout", Duration.ofSeconds(10));
        Duration idleTimeout = fields.duration("idleTimeout", Duration.ofMinutes(5));
        long maxResponseBytes = fields.size("maxResponseBytes", 10L << 20);
        Duration maxRetryAfter = fields.duration("maxRetryAfter", Duration.ofMinutes(5));
        fields.refuseOthers();
        fields.refuseSettings();
        return new HttpSettings(enabled, policy, connectTimeout, idleTimeout, maxResponseBytes, maxRetryAfter);
    }

    private static AddressPolicy policy(Fields fields, boolean allowPrivate, List<String> allow) {
        try {
            return AddressPolicy.of(allowPrivate, allow);
        } catch (IllegalArgumentException e) {
            fields.problem("allow", "has an entry that means nothing: " + e.getMessage());
            return AddressPolicy.of(allowPrivate, List.of());
        }
    }
}
