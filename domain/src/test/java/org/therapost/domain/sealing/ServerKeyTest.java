package org.therapost.domain.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServerKeyTest {

    private final ServerKey key = new ServerKey(ServerKey.generate());

    @Test
    void what_was_sealed_opens_again() throws Exception {
        assertThat(key.openText(key.seal("wörds", SealingPurpose.QUEUE_CONTENT), SealingPurpose.QUEUE_CONTENT))
                .isEqualTo("wörds");
    }

    @Test
    void the_same_words_look_different_each_time() {
        assertThat(key.seal("words", SealingPurpose.QUEUE_CONTENT))
                .isNotEqualTo(key.seal("words", SealingPurpose.QUEUE_CONTENT));
    }

    @Test
    void it_opens_for_no_other_purpose_and_with_no_other_key() {
        byte[] sealed = key.seal("words", SealingPurpose.QUEUE_CONTENT);
        assertThatThrownBy(() -> key.open(sealed, SealingPurpose.CLIENT_NAME)).isInstanceOf(SealedException.class);
        assertThatThrownBy(() -> new ServerKey(ServerKey.generate()).open(sealed, SealingPurpose.QUEUE_CONTENT))
                .isInstanceOf(SealedException.class);
    }

    @Test
    void a_changed_octet_is_noticed() {
        byte[] sealed = key.seal("words", SealingPurpose.QUEUE_CONTENT);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> key.open(changed, SealingPurpose.QUEUE_CONTENT))
                    .isInstanceOf(SealedException.class);
        }
        assertThatThrownBy(() -> key.open(new byte[3], SealingPurpose.QUEUE_CONTENT))
                .isInstanceOf(SealedException.class);
    }

    @Test
    void pseudonyms_are_stable_and_depend_on_purpose_and_key() {
        assertThat(key.pseudonym("alice", SealingPurpose.CLIENT_NAME))
                .isEqualTo(key.pseudonym("alice", SealingPurpose.CLIENT_NAME))
                .hasSize(32);
        assertThat(key.pseudonym("alice", SealingPurpose.CLIENT_NAME))
                .isNotEqualTo(key.pseudonym("alice", SealingPurpose.CLIENT_ADDRESS));
        assertThat(key.pseudonym("alice", SealingPurpose.CLIENT_NAME))
                .isNotEqualTo(new ServerKey(ServerKey.generate()).pseudonym("alice", SealingPurpose.CLIENT_NAME));
    }

    @Test
    void the_header_of_a_mail_ends_with_its_empty_line() {
        assertThat(header("A: b\r\nC: d\r\n\r\nbody\r\n")).isEqualTo("A: b\r\nC: d\r\n\r\n");
        assertThat(header("A: b\n\nbody")).isEqualTo("A: b\n\n");
        assertThat(header("\r\nbody")).isEqualTo("\r\n");
        assertThat(header("A: b\r\n")).isEqualTo("A: b\r\n");
        assertThat(header("")).isEmpty();
    }

    private static String header(String mail) {
        return new String(MailContent.of(mail.getBytes(UTF_8)).header(), UTF_8);
    }
}
