package dev.ropewalk.tool.system.shell;

import dev.ropewalk.tool.ToolSettings;
import dev.ropewalk.tool.system.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The section `tools.shell` of the configuration.
///
/// @param enabled whether the family has its tool at all
/// @param inherited what a process gets of the engine's environment
/// @param leftoverWait how long processes that outlive the first one may take to end by themselves
/// @param orphanGrace between SIGTERM and SIGKILL for what an earlier engine left behind
record ShellSettings(boolean enabled, Map<String, String> inherited, Duration leftoverWait, Duration orphanGrace) {

    /// What programs need to find files and to speak the user's language. A name that ends in `*`
    /// stands for all that begin so.
    static final List<String> DEFAULT_ENVIRONMENT =
            List.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "LC_*", "TZ", "TMPDIR");

    static ShellSettings of(ToolSettings settings) {
        Fields fields = Fields.ofSettings(ShellTool.NAME, settings.values());
        boolean enabled = fields.flag("enabled", true);
        List<String> allowed = fields.has("environment") ? fields.texts("environment") : DEFAULT_ENVIRONMENT;
        Duration leftoverWait = fields.duration("leftoverWait", Duration.ofSeconds(1));
        Duration orphanGrace = fields.duration("orphanGrace", Duration.ofSeconds(2));
        fields.refuseOthers();
        fields.refuseSettings();
        return new ShellSettings(enabled, allowed(settings.environment(), allowed), leftoverWait, orphanGrace);
    }

    private static Map<String, String> allowed(Map<String, String> environment, List<String> names) {
        Map<String, String> allowed = new TreeMap<>(environment);
        allowed.keySet().removeIf(variable -> names.stream().noneMatch(name -> matches(name, variable)));
        return allowed;
    }

    private static boolean matches(String name, String variable) {
        return name.endsWith("*") ? variable.startsWith(name.substring(0, name.length() - 1)) : variable.equals(name);
    }
}
