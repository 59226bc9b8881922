package dev.ropewalk.tool.system.http;

import dev.ropewalk.tool.ToolProvider;
import dev.ropewalk.tool.ToolProviderFactory;
import dev.ropewalk.tool.ToolSettings;
import dev.ropewalk.tool.system.egress.GuardedResolver;
import java.time.InstantSource;

/// Makes the family `http`. Found through [java.util.ServiceLoader].
public final class HttpToolProviderFactory implements ToolProviderFactory {

    @Override
    public String name() {
        return HttpTool.NAME;
    }

    @Override
    public ToolProvider create(ToolSettings settings) {
        HttpSettings ours = HttpSettings.of(settings);
        GuardedResolver resolver = new GuardedResolver(ours.policy(), ours.connectTimeout());
        return new HttpToolProvider(ours, resolver, InstantSource.system());
    }
}
