package org.therapost.domain.conversation.identifiers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.AuthenticSender;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.ClientMailboxes;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.ServerKey;

/** What every implementation of {@link KnownMessageIds} and {@link MessageIdOwners} does, with the record and the outbox beside it. */
public abstract class KnownMessageIdsContract {

    private static final String HERS = "<1@email.android.com>";
    private static final String ANSWERED = "<old@practice.example>";
    private static final String OURS = "<abc@practice.example>";
    private static final String SENT = "<sent@laptop.example>";
    private static final byte[] OCTETS = {1, 2, 3};

    private final MessageIdPseudonyms marks = new MessageIdPseudonyms(new ServerKey(new byte[ServerKey.SIZE]));

    /** The port; pseudonyms by a key of zeros. */
    protected abstract KnownMessageIds port();

    /** The threads of the same record. */
    protected abstract MessageIdOwners messageHolders();

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
        file(from(alices(), new FilingPlace.FromClient(alices())));
        file(from(alices(), new FilingPlace.FromClient(alices())));

        assertThat(port().known(alices(), List.of(HERS, ANSWERED, OURS))).containsExactlyInAnyOrder(HERS, ANSWERED);
        assertThat(port().known(brunos(), List.of(HERS, ANSWERED, OURS))).isEmpty();
    }

    @Test
    void what_the_client_wrote_before_there_was_a_thread_is_theirs() throws Exception {
        file(from(alices(), new FilingPlace.Enquiry(alices().therapist())));

        assertThat(port().known(alices(), List.of(HERS, OURS))).containsExactly(HERS);
        assertThat(port().known(brunos(), List.of(HERS, OURS))).isEmpty();
    }

    @Test
    void the_therapists_own_mail_tells_the_client_nothing_until_it_leaves() throws Exception {
        file(new Filing(new MessageId(UUID.randomUUID()), new FilingPlace.FromTherapist(alices()), sealed()));
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

    @Test
    void each_message_of_a_thread_is_held_by_it_and_by_no_other() throws Exception {
        file(from(alices(), new FilingPlace.FromClient(alices())));
        file(written(brunos(), SENT));
        post(parcel(Carriage.TLS, Optional.of(alices().address())));

        assertThat(holders(List.of(HERS, OURS, SENT, "<nobody@it.example>")))
                .isEqualTo(Map.of(
                        HERS, Set.of(alices().id()),
                        OURS, Set.of(alices().id()),
                        SENT, Set.of(brunos().id())));
        assertThat(messageHolders().holders(List.of(brunos()), List.of(HERS, OURS)))
                .isEmpty();
    }

    @Test
    void what_the_therapist_wrote_is_held_by_its_thread_and_unknown_to_the_client() throws Exception {
        file(written(alices(), SENT));

        assertThat(holders(List.of(SENT))).isEqualTo(Map.of(SENT, Set.of(alices().id())));
        assertThat(port().known(alices(), List.of(SENT))).isEmpty();
    }

    @Test
    void a_message_of_two_threads_is_held_by_both() throws Exception {
        file(written(alices(), SENT));
        file(written(brunos(), SENT));

        assertThat(holders(List.of(SENT))).isEqualTo(Map.of(SENT, Set.of(alices().id(), brunos().id())));
    }

    @Test
    void what_the_client_wrote_before_there_was_a_thread_is_held_by_the_thread() throws Exception {
        file(from(alices(), new FilingPlace.Enquiry(alices().therapist())));

        assertThat(holders(List.of(HERS))).isEqualTo(Map.of(HERS, Set.of(alices().id())));
    }

    @Test
    void an_enquiry_from_any_mailbox_of_the_client_is_theirs() throws Exception {
        EmailAddress work = EmailAddress.of("alice@work.example");
        file(from(alices(), new FilingPlace.Enquiry(alices().therapist()), work));
        ClientThread enrolled = new ClientThread(
                alices().id(),
                alices().address(),
                alices().therapist(),
                new Client(
                        new ClientMailboxes(alices().client().address(), List.of(work), EquivalentAddresses.NONE),
                        "Alice",
                        Optional.empty(),
                        true),
                alices().key());

        assertThat(port().known(alices(), List.of(HERS))).isEmpty();
        assertThat(port().known(enrolled, List.of(HERS))).containsExactly(HERS);
        assertThat(messageHolders().holders(List.of(enrolled, brunos()), List.of(HERS)))
                .containsOnlyKeys(HERS);
    }

    @Test
    void nothing_is_held_where_nothing_is_asked() throws Exception {
        assertThat(messageHolders().holders(List.of(), List.of(HERS))).isEmpty();
        assertThat(holders(List.of())).isEmpty();
    }

    private Map<String, Set<ThreadId>> holders(List<String> ids) throws Exception {
        return messageHolders().holders(List.of(alices(), brunos()), ids);
    }

    private Filing written(ClientThread to, String id) {
        return new Filing(
                new MessageId(UUID.randomUUID()), new FilingPlace.FromTherapist(to), sealed(), marks.ofRecord(to, id));
    }

    private Filing from(ClientThread author, FilingPlace filingPlace) {
        return from(author, filingPlace, author.client().address());
    }

    private Filing from(ClientThread author, FilingPlace filingPlace, EmailAddress address) {
        ArrivedMail mail = new ArrivedMail(
                new ArrivedMail.Envelope(
                        InetAddress.getLoopbackAddress(),
                        "provider.example",
                        Optional.empty(),
                        List.of(new Destination.ToThread(author))),
                Optional.of(HERS),
                List.of(ANSWERED),
                Optional.empty(),
                MailContent.of("Subject: x\r\n\r\nx\r\n".getBytes(UTF_8)));
        return new Filing(
                new MessageId(UUID.randomUUID()),
                filingPlace,
                sealed(),
                marks.of(mail, new AuthenticSender(address), filingPlace));
    }

    private Parcel parcel(Carriage carriage, Optional<EmailAddress> sender) {
        return new Parcel(
                new ParcelId(UUID.randomUUID()),
                alices().id(),
                new Parcel.Route(carriage, sender, alices().client().address()),
                MailContent.of(("Subject: x\r\nMessage-ID: " + OURS + "\r\n\r\nx\r\n").getBytes(UTF_8)));
    }

    private static SealedMessage sealed() {
        return new SealedMessage(OCTETS, OCTETS, OCTETS, new byte[0], 10, 20);
    }
}
