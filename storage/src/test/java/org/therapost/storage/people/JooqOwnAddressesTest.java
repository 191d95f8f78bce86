package org.therapost.storage.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.OwnAddresses;
import org.therapost.domain.people.OwnAddressesContract;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.TherapistRows;
import org.therapost.storage.enrolment.JooqEnrolmentRegister;
import org.therapost.storage.postgres.Database;

class JooqOwnAddressesTest extends OwnAddressesContract {

    private static final byte[] OCTETS = {1, 2, 3};

    private final ServerKey serverKey = new ServerKey(new byte[ServerKey.SIZE]);
    private final Database database = TestDatabase.emptied();
    private final JooqOwnAddresses addresses = new JooqOwnAddresses(database, serverKey);
    private final PracticeId practice = new PracticeId(UUID.randomUUID());
    private final Therapist bloom = therapist("bloom@practice.example", "Dr Bloom");
    private final Therapist klee = therapist("klee@practice.example", "Dr Klee");

    @BeforeEach
    void enrol() throws Exception {
        JooqEnrolmentRegister register = new JooqEnrolmentRegister(database, serverKey);
        register.add(
                new Practice(practice, "practice.example"), new SigningKey("practice.example", "tp1", OCTETS, OCTETS));
        TherapistRows.add(database, serverKey, bloom);
        TherapistRows.add(database, serverKey, klee);
    }

    private Therapist therapist(String address, String name) {
        return new Therapist(
                new TherapistId(UUID.randomUUID()),
                practice,
                EmailAddress.of(address),
                name,
                Custody.LOGIN,
                new Certificate(OCTETS));
    }

    @Test
    void where_a_therapist_keeps_a_calendar_does_not_stand_in_the_database() throws Exception {
        addresses.ask(drBloom(), EmailAddress.of("bloom.d@gmail.example"));
        addresses.answer(drBloom(), EmailAddress.of("bloom.d@gmail.example"), true);

        String rows = database.sql().fetch("select t::text from own_address t").formatCSV();
        for (String word : new String[] {"bloom.d", "gmail.example"}) {
            assertThat(rows)
                    .contains("confirmed")
                    .doesNotContain(word, HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void with_the_key_of_another_server_nothing_is_guessed_and_the_address_is_not_quoted() throws Exception {
        addresses.ask(drBloom(), EmailAddress.of("bloom.d@gmail.example"));
        byte[] other = new byte[ServerKey.SIZE];
        other[0] = 1;
        JooqOwnAddresses elsewhere = new JooqOwnAddresses(database, new ServerKey(other));

        assertThat(elsewhere.state(drBloom(), EmailAddress.of("bloom.d@gmail.example")))
                .isEmpty();
        assertThatThrownBy(() -> elsewhere.all(drBloom(), OwnAddresses.State.ASKED))
                .hasMessageContaining("not sealed for this row")
                .hasMessageNotContaining("bloom.d");
    }

    @Override
    protected OwnAddresses addresses() {
        return addresses;
    }

    @Override
    protected TherapistId drBloom() {
        return bloom.id();
    }

    @Override
    protected TherapistId drKlee() {
        return klee.id();
    }
}
