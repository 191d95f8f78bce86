package org.therapost.domain.addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.therapost.domain.people.ClientMailboxes;

class EquivalentAddressesTest {

    private final EquivalentAddresses shipped = EquivalentAddresses.read(shippedLines());

    @ParameterizedTest
    @CsvSource({
        "ines@gmail.com, ines@googlemail.com",
        "ines@gmail.com, I.Nes@GoogleMail.com",
        "i.nes@gmail.com, in.es+shop@googlemail.com",
        "bruno@me.com, bruno@icloud.com",
        "bruno@mac.com, Bruno@me.com",
        "carla@pm.me, carla@proton.me",
        "carla.b@protonmail.com, carla-b@pm.me",
        "dana@outlook.com, dana+x@outlook.com",
        "eva@ya.ru, eva@yandex.com",
        "finn@provider.example, FINN@provider.example"
    })
    void spellings_of_one_mailbox_are_the_same(String one, String other) {
        assertThat(same(one, other)).isTrue();
        assertThat(same(other, one)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ines@gmail.com, inez@gmail.com",
        "ines@gmail.com, ines@gmail.com.example",
        "ines@gmail.com, ines@gmail.example",
        "ines@provider.example, i.nes@provider.example",
        "ines@provider.example, ines+shop@provider.example",
        "dana@outlook.com, dana@hotmail.com",
        "dana@outlook.com, da.na@outlook.com",
        "bruno@me.com, bruno+x@icloud.com",
        "bruno@me.com, b.runo@icloud.com",
        "ines@gmail.com, +shop@gmail.com",
        "ines@gmail.com, \u0456nes@gmail.com",
        "gmx@gmx.de, gmx@gmx.net"
    })
    void what_may_be_somebody_elses_is_not_the_same(String one, String other) {
        assertThat(same(one, other)).isFalse();
        assertThat(same(other, one)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.example|expected two domains",
                "ignores dots|expected two domains",
                "a.example ignores|expected two domains",
                "a.example b_.example|'b_.example' is not a domain name",
                "a.example ignores case|'case' is none of",
                "a.example b.example a.example|twice",
                "known.example ignores dots|twice"
            })
    void a_mistake_is_named_with_its_line(String line, String what) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> EquivalentAddresses.read(List.of("# comment", "known.example other.example", "", line)))
                .withMessageStartingWith("line 4: ")
                .withMessageContaining(what);
    }

    @Test
    void a_client_writes_from_each_of_their_mailboxes() {
        ClientMailboxes clientMailboxes = new ClientMailboxes(
                EmailAddress.of("ines@gmail.com"), List.of(EmailAddress.of("ines@work.example")), shipped);

        assertThat(clientMailboxes.include(EmailAddress.of("i.nes@googlemail.com")))
                .isTrue();
        assertThat(clientMailboxes.include(EmailAddress.of("Ines@work.example")))
                .isTrue();
        assertThat(clientMailboxes.include(EmailAddress.of("i.nes@work.example")))
                .isFalse();
        assertThat(clientMailboxes).hasToString("Mailboxes[2]");
    }

    private boolean same(String one, String other) {
        return shipped.same(EmailAddress.of(one), EmailAddress.of(other));
    }

    private static List<String> shippedLines() {
        try {
            // Tests run in the folder of their module.
            return Files.readAllLines(Path.of("..", "config", "providers", "spellings"));
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }
}
