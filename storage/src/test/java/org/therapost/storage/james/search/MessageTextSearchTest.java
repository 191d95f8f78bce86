package org.therapost.storage.james.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageTextSearchTest {

    private static final boolean WITH_HEADERS = true;

    @Test
    void html_is_read_without_its_tags() throws IOException {
        assertThat(contains(html("<p>a lo<b>ng</b> walk</p>"), "long walk")).isTrue();
    }

    @Test
    void more_html_than_is_parsed_is_searched_as_it_stands_there() throws IOException {
        String mail = html("<p>x</p>".repeat(50_000) + "<p>by the river</p> <p>a lo<b>ng</b> walk</p>");

        assertThat(contains(mail, "by the river")).isTrue();
        assertThat(contains(mail, "a lo<b>ng</b> walk")).isTrue();
        assertThat(contains(mail, "long walk")).isFalse();
    }

    @Test
    void words_are_found_where_the_parsing_ends() throws IOException {
        String mail = html("x".repeat((1 << 18) - 5) + "by the river");

        assertThat(contains(mail, "by the river")).isTrue();
    }

    @Test
    void many_parts_of_html_are_parsed_no_further_than_one() throws IOException {
        String part = "--b\r\nContent-Type: text/html\r\n\r\n" + "<p>x</p>".repeat(20_000) + "<p>ri<b>ver</b></p>\r\n";
        String mail = "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part + part
                + "--b\r\nContent-Type: text/html\r\n\r\n<p>sh<b>ore</b></p>\r\n--b--\r\n";

        assertThat(contains(mail, "river")).isTrue();
        assertThat(contains(mail, "shore")).isFalse();
        assertThat(contains(mail, "sh<b>ore")).isTrue();
    }

    private static String html(String html) {
        return "Content-Type: text/html; charset=utf-8\r\n\r\n" + html + "\r\n";
    }

    private static boolean contains(String mail, String words) throws IOException {
        return MessageTextSearch.contains(
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)), new SearchWords(words), WITH_HEADERS);
    }
}
