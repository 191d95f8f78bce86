package org.therapost.mailets.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.carriage.Relay;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.TestPeople;

/** A row of the queue says openpgp; what is in it decides. */
class EncryptedContentCheckTest {

    private static final String ENCRYPTED =
            "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=a";

    private final List<Parcel> left = new ArrayList<>();
    private final Relay relay = new EncryptedContentCheck((parcel, lastLook) -> {
        left.add(parcel);
        return new Relay.Attempt.Delivered();
    });

    private Relay.Attempt deliver(Carriage carriage, MailContent content) {
        return relay.deliver(
                new Parcel(
                        new ParcelId(UUID.randomUUID()),
                        TestPeople.THREAD.id(),
                        new Parcel.Route(carriage, TestPeople.THREAD.address(), EmailAddress.of("alice@mail.example")),
                        content),
                () -> true);
    }

    private static MailContent pgpMime(String type, String message) {
        return TestPeople.mail(
                "From: k7m2qx@practice.example",
                type,
                "",
                "--a",
                "Content-Type: application/pgp-encrypted",
                "",
                "Version: 1",
                "--a",
                "Content-Type: application/octet-stream",
                "",
                message,
                "--a--");
    }

    @Test
    void what_is_encrypted_leaves() {
        assertThat(deliver(Carriage.OPENPGP, pgpMime(ENCRYPTED, "-----BEGIN PGP MESSAGE-----\r\n\r\nwV4D")))
                .isEqualTo(new Relay.Attempt.Delivered());
        assertThat(left).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain",
                "Content-Type: multipart/mixed; boundary=a",
                "Subject: multipart/encrypted",
                "Content-Type: multipart/encrypted-not; boundary=a"
            })
    void a_clear_text_does_not_leave_by_openpgp(String type) {
        assertThat(deliver(Carriage.OPENPGP, pgpMime(type, "-----BEGIN PGP MESSAGE-----\r\n\r\nwV4D")))
                .isEqualTo(EncryptedContentCheck.NOT_ENCRYPTED);
        assertThat(left).isEmpty();
    }

    @Test
    void neither_does_a_clear_text_that_is_called_encrypted() {
        assertThat(deliver(Carriage.OPENPGP, pgpMime(ENCRYPTED, "Dear Alice")))
                .isEqualTo(EncryptedContentCheck.NOT_ENCRYPTED);
        assertThat(left).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "TLS")
    void by_tls_a_clear_text_leaves_as_agreed(Carriage tls) {
        assertThat(deliver(tls, TestPeople.mail("From: k7m2qx@practice.example", "", "Hello")))
                .isEqualTo(new Relay.Attempt.Delivered());
    }
}
