package dev.ropewalk.tool.system.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.tool.ToolException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TargetTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP://Example.COM | http://example.com/",
                "https://example.com:443/a?b#c | https://example.com/a?b",
                "http://example.com:80 | http://example.com/",
                "http://example.com:/x | http://example.com/x",
                "http://example.com.:8080?q | http://example.com:8080/?q",
                "http://my_service:8080/ | http://my_service:8080/",
                "http://[2001:db8::1]:81/x | http://[2001:db8:0:0:0:0:0:1]:81/x",
                "http://bücher.example/ü?ö | http://xn--bcher-kva.example/%C3%BC?%C3%B6",
                "http://example.com//evil.com/x | http://example.com//evil.com/x",
                "http://0x7f.1/ | http://127.0.0.1/"
            })
    void a_url_is_brought_into_one_form(String url, String normal) {
        assertThat(Target.of(url)).hasToString(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "//example.com/",
                "http:",
                "http://",
                "http:///x",
                "http:example.com",
                "file:///etc/passwd",
                "jar:http://x!/",
                "http://user@example.com/",
                "http://user:pw@example.com/",
                "http://example.com:0/",
                "http://example.com:65536/",
                "http://example.com:http/",
                "http://exa mple.com/",
                "http://example.com/a b",
                "http://example.com\\@evil.com/",
                "http://exam\tple.com/",
                "http://-.%65/",
                "http://[fe80::1%25eth0]/",
                "http://[::1/",
                "http://a..b/",
                "http://1.2.3.4.5/",
                "http://256.1.1.1/"
            })
    void anything_else_is_refused(String url) {
        assertThatThrownBy(() -> Target.of(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_message_shows_no_query() {
        assertThat(Target.of("https://example.com:8443/a?token=secret").shown())
                .isEqualTo("https://example.com:8443/a");
    }

    @ParameterizedTest
    @CsvSource({
        "http://a/b/c?d, e, http://a/b/e",
        "http://a/b/c?d, /e?f, http://a/e?f",
        "http://a/b/c?d, ?e, http://a/b/c?e",
        "http://a, e, http://a/e",
        "http://a/b, //c/d, http://c/d",
        "http://a/b, https://c, https://c/"
    })
    void a_reference_is_resolved_as_browsers_do(String from, String location, String to) {
        assertThat(Target.of(from).resolve(location)).hasToString(to);
    }

    @Test
    void a_redirect_never_leaves_encryption() {
        Hop hop = new Hop("GET", Target.of("https://example.com/"), List.of(), Optional.empty());

        assertThatThrownBy(() -> hop.follow(302, "http://example.com/"))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("not encrypted");
    }
}
