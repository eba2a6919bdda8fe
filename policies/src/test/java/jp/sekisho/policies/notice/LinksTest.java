package jp.sekisho.policies.notice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "see https://example.jp",
                "HTTP://example.jp",
                "www.example.jp",
                "<a HREF = 'x'>",
                "<img src=x>",
                "ftp://x",
                "background:url(x)",
                "mailto:a@b"
            })
    void linksAreSeen(String body) {
        assertThat(Links.in(body)).isTrue();
        assertThat(Links.without(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "例え.jp", "Open evil.com now", "login。example"})
    void whatReadsLikeADomainIsLeftOut(String word) {
        assertThat(Links.without(word)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Chrome (Windows)", "Mobile Safari 17.4 (iOS)", "東京都", "203.0.***.***", "Washington, U.S.", ""})
    void wordsStay(String word) {
        assertThat(Links.in(word)).isFalse();
        assertThat(Links.without(word)).isEqualTo(word);
    }
}
