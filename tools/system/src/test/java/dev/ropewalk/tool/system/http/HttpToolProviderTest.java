package dev.ropewalk.tool.system.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolProvider;
import dev.ropewalk.tool.ToolProviderFactory;
import dev.ropewalk.value.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HttpToolProviderTest {

    private static ToolProvider provider(Map<String, Object> settings) {
        return new HttpToolProviderFactory().create(HttpFixture.settings(Map.copyOf(settings)));
    }

    @Test
    void the_family_is_found_by_the_service_loader() {
        assertThat(ServiceLoader.load(ToolProviderFactory.class).stream()
                        .map(found -> found.get().name()))
                .contains("http", "shell");
    }

    @Test
    void the_family_has_one_tool_with_schemas_that_are_json() throws Exception {
        try (ToolProvider provider = provider(Map.of())) {
            assertThat(provider.mayHave("http")).isTrue();
            assertThat(provider.mayHave("https")).isFalse();
            assertThat(provider.knownNames()).containsExactly("http");
            List<ToolDescriptor> list = provider.list(problem -> {
                throw new AssertionError(problem);
            });

            assertThat(list).extracting(ToolDescriptor::name).containsExactly("http");
            assertThat(Json.read(list.getFirst().inputSchema().orElseThrow()))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("additionalProperties", false);
            assertThat(Json.read(list.getFirst().outputSchema().orElseThrow())).isNotNull();
            provider.endOrphans("mark");
        }
    }

    @Test
    void the_family_can_be_switched_off() throws Exception {
        try (ToolProvider provider = provider(Map.of("enabled", false))) {
            assertThat(provider.mayHave("http")).isFalse();
            assertThat(provider.find("http")).isEmpty();
            assertThat(provider.knownNames()).isEmpty();
            assertThat(provider.list(_ -> {})).isEmpty();
        }
    }

    @Test
    void wrong_settings_are_refused_with_their_names() {
        assertThatThrownBy(() -> provider(Map.of(
                        "allow", List.of("10.0.0.0/99"),
                        "allowPrivateAddresses", "some",
                        "connectTimeout", 10L,
                        "maxResponseBytes", "lots",
                        "proxy", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "tools.http.allow has an entry that means nothing: \"10.0.0.0/99\" is not a host",
                        "tools.http.allowPrivateAddresses is \"some\" but must be true or false",
                        "tools.http.connectTimeout is 10 but must be a duration",
                        "tools.http.maxResponseBytes is \"lots\" but must be a size",
                        "tools.http.proxy is not known");
    }

    @Test
    void an_excerpt_takes_bytes_one_by_one_too() throws IOException {
        Excerpt excerpt = new Excerpt(3);
        excerpt.write('a');
        excerpt.write('b');

        assertThatThrownBy(() -> excerpt.write('c')).isInstanceOf(IOException.class);
        assertThat(excerpt.text(StandardCharsets.UTF_8)).isEqualTo("abc");
    }

    @Test
    void a_recoder_takes_bytes_one_by_one_too() throws IOException {
        ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
        try (Recoder recoder = new Recoder(utf8, StandardCharsets.UTF_16BE)) {
            recoder.write(0);
            recoder.write(0xfc);
            recoder.write(0xd8);
        }

        assertThat(utf8).hasToString("ü\ufffd");
    }
}
