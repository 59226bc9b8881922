package dev.ropewalk.tool.mcp;

import static dev.ropewalk.tool.mcp.Servers.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// A server that changes its tools while they are used.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ToolChangeTest {

    @Test
    void a_changed_tool_is_refused_and_the_others_are_not() throws Exception {
        try (Servers servers = Servers.command(Servers.fake("good"))) {
            Tool found = servers.provider.find("mcp:s/mutable").orElseThrow();
            assertThat(servers.text("change")).isEqualTo("changed");

            ToolException failure =
                    Assertions.catchThrowableOfType(ToolException.class, () -> found.call(TestCall.empty()));

            assertFails(failure, "MCP_TOOL_CHANGED", false);
            assertThat(failure.message()).contains("\"mutable\"").contains("tools.mcp.servers.s.onToolChange: accept");
            assertFails(servers.failure("mutable"), "MCP_TOOL_CHANGED", false);
            assertThat(servers.text("twice")).isEqualTo("right");
            assertThat(servers.problems()).singleElement().asString().contains("\"mutable\"");
        }
    }

    @Test
    void a_server_that_comes_back_as_it_was_is_trusted_again() throws Exception {
        try (Servers servers = Servers.command(Servers.fake("good"))) {
            servers.text("change");
            assertFails(servers.failure("mutable"), "MCP_TOOL_CHANGED", false);

            assertFails(servers.failure("die"), "MCP_SERVER_DIED", true);

            assertThat(servers.text("mutable")).isEqualTo("first");
        }
    }

    @Test
    void a_changed_tool_can_be_accepted() throws Exception {
        try (Servers servers = Servers.command(Servers.fake("good"), "onToolChange", "accept")) {
            String before = servers.provider
                    .find("mcp:s/mutable")
                    .orElseThrow()
                    .descriptor()
                    .version();
            servers.text("change");

            assertThat(servers.text("mutable")).isEqualTo("second");
            assertThat(servers.provider
                            .find("mcp:s/mutable")
                            .orElseThrow()
                            .descriptor()
                            .version())
                    .isNotEqualTo(before);
        }
    }

    @Test
    void a_new_tool_can_be_used_as_soon_as_it_is_announced() throws Exception {
        try (Servers servers = Servers.command(Servers.fake("good"))) {
            assertFails(servers.failure("grown"), "TOOL_NOT_FOUND", false);

            servers.text("grow");

            assertThat(servers.text("grown")).isEqualTo("new here");
        }
    }
}
