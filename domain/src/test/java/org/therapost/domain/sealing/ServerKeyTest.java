package org.therapost.domain.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerKeyTest {

    private static final SealedCell CELL =
            new SealedCell(SealingPurpose.CLIENT_ADDRESS, "thread", "client_address_sealed", List.of("1", "2"));

    private final ServerKey key = new ServerKey(ServerKey.generate());

    @Test
    void what_was_sealed_opens_again() throws Exception {
        assertThat(new String(key.open(key.seal("wörds".getBytes(UTF_8), CELL), CELL), UTF_8))
                .isEqualTo("wörds");
        assertThat(new String(
                        key.openUnbound(
                                key.sealUnbound("wörds", SealingPurpose.MESSAGE_KEYWORD),
                                SealingPurpose.MESSAGE_KEYWORD),
                        UTF_8))
                .isEqualTo("wörds");
    }

    @Test
    void the_same_words_look_different_each_time() {
        assertThat(key.seal("words".getBytes(UTF_8), CELL)).isNotEqualTo(key.seal("words".getBytes(UTF_8), CELL));
    }

    @Test
    void it_opens_for_no_other_purpose_and_with_no_other_key() {
        byte[] sealed = key.sealUnbound("words", SealingPurpose.MESSAGE_KEYWORD);
        assertThatThrownBy(() -> key.openUnbound(sealed, SealingPurpose.CLIENT_NAME))
                .isInstanceOf(SealedException.class);
        assertThatThrownBy(
                        () -> new ServerKey(ServerKey.generate()).openUnbound(sealed, SealingPurpose.MESSAGE_KEYWORD))
                .isInstanceOf(SealedException.class);
    }

    @Test
    void what_was_sealed_for_a_row_opens_in_no_other_row_column_or_table_and_for_no_other_purpose() {
        byte[] sealed = key.seal("words".getBytes(UTF_8), CELL);
        for (SealedCell other : List.of(
                new SealedCell(SealingPurpose.CLIENT_NAME, "thread", "client_address_sealed", List.of("1", "2")),
                new SealedCell(
                        SealingPurpose.CLIENT_ADDRESS, "client_mailbox", "client_address_sealed", List.of("1", "2")),
                new SealedCell(SealingPurpose.CLIENT_ADDRESS, "thread", "address_sealed", List.of("1", "2")),
                new SealedCell(SealingPurpose.CLIENT_ADDRESS, "thread", "client_address_sealed", List.of("2", "1")),
                new SealedCell(SealingPurpose.CLIENT_ADDRESS, "thread", "client_address_sealed", List.of("12")))) {
            assertThatThrownBy(() -> key.open(sealed, other)).isInstanceOf(SealedException.class);
        }
        assertThatThrownBy(() -> new ServerKey(ServerKey.generate()).open(sealed, CELL))
                .isInstanceOf(SealedException.class);
    }

    @Test
    void what_opens_in_any_row_opens_as_that_of_none_and_the_other_way_round() {
        byte[] unbound = key.sealUnbound("words", CELL.purpose());
        assertThatThrownBy(() -> key.open(unbound, CELL)).isInstanceOf(SealedException.class);
        byte[] bound = key.seal("words".getBytes(UTF_8), CELL);
        assertThatThrownBy(() -> key.openUnbound(bound, CELL.purpose())).isInstanceOf(SealedException.class);
    }

    @Test
    void a_row_has_a_key_that_cannot_be_read_in_two_ways() {
        assertThatThrownBy(() -> new SealedCell(CELL.purpose(), "thread", "client_address_sealed", List.of("1\u00002")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SealedCell(CELL.purpose(), "thread", "client_address_sealed", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_changed_octet_is_noticed() {
        byte[] sealed = key.seal("words".getBytes(UTF_8), CELL);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> key.open(changed, CELL)).isInstanceOf(SealedException.class);
        }
        assertThatThrownBy(() -> key.open(new byte[3], CELL)).isInstanceOf(SealedException.class);
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
