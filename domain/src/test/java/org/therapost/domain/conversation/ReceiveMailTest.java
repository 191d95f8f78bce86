package org.therapost.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.Readers;

class ReceiveMailTest {

    private final House house = new House();
    private final ClientThread alices = house.enrol(House.ALICE, Optional.empty(), false);
    private final ClientThread brunos = house.enrol(House.BRUNO, Optional.empty(), false);

    @Test
    void the_enrolled_clients_mail_is_sealed_to_the_thread_and_filed() throws Exception {
        List<FiledMessage> filed = from(House.ALICE).receive(mail(new Destination.ToThread(alices)));

        assertThat(filed).hasSize(1);
        assertThat(house.filed).singleElement().satisfies(filing -> assertThat(filing.place())
                .isEqualTo(new Place.FromClient(alices)));
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
    void mail_for_two_threads_is_refused_whole_if_one_of_them_refuses() {
        assertRefused(House.ALICE, new Destination.ToThread(alices), new Destination.ToThread(brunos));
    }

    @Test
    void a_strangers_authentic_mail_to_the_public_address_is_an_enquiry() throws Exception {
        from(EmailAddress.of("stranger@somewhere.example")).receive(mail(new Destination.ToTherapist(house.bloom)));

        assertThat(house.filed).singleElement().satisfies(filing -> assertThat(filing.place())
                .isEqualTo(new Place.Enquiry(house.bloom)));
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
                house.clock);
        assertThatThrownBy(() -> journey.receive(mail(new Destination.ToThread(alices))))
                .isInstanceOf(CannotTellException.class);
        assertThat(house.filed).isEmpty();
    }

    private void assertRefused(EmailAddress sender, Destination... destinations) {
        assertThatThrownBy(() -> from(sender).receive(mail(destinations)))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(Refusal.NOT_AUTHENTIC));
        assertThat(house.filed).isEmpty();
    }

    private ReceiveMail from(EmailAddress author) {
        return new ReceiveMail(
                mail -> new AuthenticSender(author), house, house, house.sessions.receiveTimedMail(), house.clock);
    }

    private static ArrivedMail mail(Destination... destinations) {
        return new ArrivedMail(
                InetAddress.getLoopbackAddress(),
                "provider.example",
                Optional.of(House.ALICE),
                List.of(destinations),
                Optional.empty(),
                House.mail("From: alice@provider.example\n\nhello\n"));
    }
}
