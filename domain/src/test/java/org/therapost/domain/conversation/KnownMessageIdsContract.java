package org.therapost.domain.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.SpoolKey;

/** What every implementation of {@link KnownMessageIds} does, with the record and the outbox beside it. */
public abstract class KnownMessageIdsContract {

    private static final String HERS = "<1@email.android.com>";
    private static final String ANSWERED = "<old@practice.example>";
    private static final String OURS = "<abc@practice.example>";
    private static final byte[] OCTETS = {1, 2, 3};

    private final MessageIdMarks marks = new MessageIdMarks(new SpoolKey(new byte[SpoolKey.SIZE]));

    /** The port; pseudonyms by a key of zeros. */
    protected abstract KnownMessageIds port();

    /** Alice's thread with Dr Bloom. */
    protected abstract ClientThread alices();

    /** Bruno's thread with Dr Bloom. */
    protected abstract ClientThread brunos();

    protected abstract void file(Filing filing) throws Exception;

    protected abstract void post(Parcel parcel) throws Exception;

    protected abstract void release(Parcel parcel) throws Exception;

    @Test
    void nothing_is_known_that_nobody_named() throws Exception {
        assertThat(port().known(alices(), List.of())).isEmpty();
        assertThat(port().known(alices(), List.of(HERS, OURS))).isEmpty();
    }

    @Test
    void the_client_knows_what_their_mail_named_in_their_thread_only() throws Exception {
        file(from(alices(), new Place.FromClient(alices())));
        file(from(alices(), new Place.FromClient(alices())));

        assertThat(port().known(alices(), List.of(HERS, ANSWERED, OURS))).containsExactlyInAnyOrder(HERS, ANSWERED);
        assertThat(port().known(brunos(), List.of(HERS, ANSWERED, OURS))).isEmpty();
    }

    @Test
    void what_the_client_wrote_before_there_was_a_thread_is_theirs() throws Exception {
        file(from(alices(), new Place.Enquiry(alices().therapist())));

        assertThat(port().known(alices(), List.of(HERS, OURS))).containsExactly(HERS);
        assertThat(port().known(brunos(), List.of(HERS, OURS))).isEmpty();
    }

    @Test
    void the_therapists_own_mail_tells_the_client_nothing_until_it_leaves() throws Exception {
        file(new Filing(new MessageId(UUID.randomUUID()), new Place.FromTherapist(alices()), sealed()));
        Parcel waiting = parcel(Carriage.WAIT, Optional.of(alices().address()));
        post(waiting);
        assertThat(port().known(alices(), List.of(OURS))).isEmpty();

        release(waiting.ready(Carriage.TLS, waiting.recipient(), waiting.content()));
        assertThat(port().known(alices(), List.of(OURS))).containsExactly(OURS);
        assertThat(port().known(brunos(), List.of(OURS))).isEmpty();
    }

    @Test
    void letters_of_ours_are_known_too() throws Exception {
        post(parcel(Carriage.TLS, Optional.empty()));
        assertThat(port().known(alices(), List.of(OURS))).containsExactly(OURS);
    }

    private Filing from(ClientThread author, Place place) {
        ArrivedMail mail = new ArrivedMail(
                InetAddress.getLoopbackAddress(),
                "provider.example",
                Optional.empty(),
                List.of(new Destination.ToThread(author)),
                Optional.of(HERS),
                List.of(ANSWERED),
                Optional.empty(),
                MailContent.of("Subject: x\r\n\r\nx\r\n".getBytes(UTF_8)));
        EmailAddress address = author.client().address();
        return new Filing(
                new MessageId(UUID.randomUUID()), place, sealed(), marks.of(mail, new AuthenticSender(address), place));
    }

    private Parcel parcel(Carriage carriage, Optional<EmailAddress> sender) {
        return new Parcel(
                new ParcelId(UUID.randomUUID()),
                alices().id(),
                carriage,
                sender,
                alices().client().address(),
                MailContent.of(("Subject: x\r\nMessage-ID: " + OURS + "\r\n\r\nx\r\n").getBytes(UTF_8)));
    }

    private static SealedMessage sealed() {
        return new SealedMessage(OCTETS, OCTETS, OCTETS, new byte[0], 10, 20);
    }
}
