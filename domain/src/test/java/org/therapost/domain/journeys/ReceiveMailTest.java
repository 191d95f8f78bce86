package org.therapost.domain.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.ReversePath;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.AllSteps;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.House;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.AuthenticSender;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sessions.letters.ClientLetter;

class ReceiveMailTest {

    private final House house = new House();
    private final ClientThread alices = house.enrol(House.ALICE, Optional.empty(), false);
    private final ClientThread brunos = house.enrol(House.BRUNO, Optional.empty(), false);

    @Test
    void the_enrolled_clients_mail_is_sealed_to_the_thread_and_filed() throws Exception {
        List<FiledMessage> filed = AllSteps.receive(from(House.ALICE), mail(new Destination.ToThread(alices)));

        assertThat(filed).hasSize(1);
        assertThat(house.filed).singleElement().satisfies(filing -> assertThat(filing.place())
                .isEqualTo(new FilingPlace.FromClient(alices)));
        assertThat(house.sealedTo).containsExactly(Readers.of(alices.key()));
    }

    @Test
    void somebody_else_with_a_good_name_may_not_write_to_the_thread() {
        assertRefused(House.MALLORY, new Destination.ToThread(alices));
    }

    @Test
    void another_client_may_not_write_to_the_thread() {
        assertRefused(House.BRUNO, new Destination.ToThread(alices));
    }

    @Test
    void the_client_is_told_of_mail_from_another_mailbox_also_where_nothing_was_agreed_and_not_again_soon() {
        ClientThread claras = house.enrol(EmailAddress.of("clara@provider.example"), Optional.empty(), true);
        assertRefused(House.MALLORY, new Destination.ToThread(claras));
        assertRefused(House.MALLORY, new Destination.ToThread(claras));
        // Nothing could carry it to Alice, and it would make no sense later.
        assertRefused(House.MALLORY, new Destination.ToThread(alices));

        assertThat(house.sessions.toClient).singleElement().isInstanceOf(ClientLetter.OtherMailbox.class);
    }

    @Test
    void mail_for_two_threads_is_refused_whole_if_one_of_them_refuses() {
        assertRefused(House.ALICE, new Destination.ToThread(alices), new Destination.ToThread(brunos));
    }

    @Test
    void a_strangers_authentic_mail_to_the_public_address_is_an_enquiry() throws Exception {
        AllSteps.receive(
                from(EmailAddress.of("stranger@somewhere.example")), mail(new Destination.ToTherapist(house.bloom)));

        assertThat(house.filed).singleElement().satisfies(filing -> assertThat(filing.place())
                .isEqualTo(new FilingPlace.Enquiry(house.bloom)));
        assertThat(house.sealedTo).containsExactly(Readers.of(house.bloom.certificate()));
    }

    @Test
    void nothing_is_filed_when_dns_cannot_tell() {
        ReceiveMail journey = new ReceiveMail(
                mail -> {
                    throw new CannotTellException("no DNS");
                },
                house,
                house,
                house.sessions.receiveTimedMail(),
                house.sessions.invitations(),
                house.sessions.keys(),
                house.messageIds,
                house.clock);
        assertThatThrownBy(() -> AllSteps.receive(journey, mail(new Destination.ToThread(alices))))
                .isInstanceOf(CannotTellException.class);
        assertThat(house.filed).isEmpty();
    }

    @Test
    void the_same_mail_again_is_filed_once_and_answered_as_the_first_time() throws Exception {
        ArrivedMail mail = mail(Optional.of("<1@provider.example>"), "hello", new Destination.ToThread(alices));

        List<FiledMessage> first = AllSteps.receive(from(House.ALICE), mail);
        List<FiledMessage> again = AllSteps.receive(from(House.ALICE), mail);

        assertThat(again).isEqualTo(first);
        assertThat(house.filed).hasSize(1);
    }

    @Test
    void mail_of_other_words_or_for_others_or_without_message_id_is_not_the_same() throws Exception {
        Optional<String> id = Optional.of("<1@provider.example>");
        ClientThread other = house.enrol(House.ALICE, Optional.empty(), false);
        ReceiveMail journey = from(House.ALICE);
        AllSteps.receive(journey, mail(id, "hello", new Destination.ToThread(alices)));
        AllSteps.receive(journey, mail(id, "hello!", new Destination.ToThread(alices)));
        AllSteps.receive(journey, mail(id, "hello", new Destination.ToThread(other)));
        AllSteps.receive(journey, mail(id, "hello", new Destination.ToThread(alices), new Destination.ToThread(other)));
        AllSteps.receive(journey, mail(Optional.empty(), "hello", new Destination.ToThread(alices)));
        AllSteps.receive(journey, mail(Optional.empty(), "hello", new Destination.ToThread(alices)));

        assertThat(house.filed).hasSize(7).extracting(Filing::id).doesNotHaveDuplicates();
    }

    private void assertRefused(EmailAddress sender, Destination... destinations) {
        assertThatThrownBy(() -> AllSteps.receive(from(sender), mail(destinations)))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(Refusal.NOT_AUTHENTIC));
        assertThat(house.filed).isEmpty();
    }

    private ReceiveMail from(EmailAddress author) {
        return new ReceiveMail(
                mail -> new AuthenticSender(author),
                house,
                house,
                house.sessions.receiveTimedMail(),
                house.sessions.invitations(),
                house.sessions.keys(),
                house.messageIds,
                house.clock);
    }

    private static ArrivedMail mail(Destination... destinations) {
        return mail(Optional.empty(), "hello", destinations);
    }

    private static ArrivedMail mail(Optional<String> messageId, String words, Destination... destinations) {
        return new ArrivedMail(
                new ArrivedMail.Envelope(
                        InetAddress.getLoopbackAddress(),
                        "provider.example",
                        Optional.of(ReversePath.of(House.ALICE)),
                        List.of(destinations)),
                messageId,
                House.mail("From: alice@provider.example\n\n" + words + "\n"));
    }
}
