package org.therapost.server;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.enrolment.Activation;
import org.therapost.domain.enrolment.Activations;
import org.therapost.domain.enrolment.EnrolmentRegister;
import org.therapost.domain.enrolment.NewTherapist;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.Passwords;
import org.therapost.domain.sealing.keys.SecretKey;

/**
 * Therapists on a server in this process. Many tests begin with one, so one hash is computed, of the password, and
 * none of a code; how people activate a login is what {@code ActivationTest} shows.
 */
public final class TestTherapists {

    private TestTherapists() {}

    /** The server that has the parts. */
    public interface Server {
        <T> T part(Class<T> type);
    }

    /** Adds a therapist of a practice that is there, in custody login, with any password. */
    public static Therapist add(Server server, String address, String name, String password) throws Exception {
        NewKey key = server.part(OpenPgpKeys.class).generate(name + " <" + address + ">");
        try (SecretKey secret = key.secret()) {
            return add(server, address, name, password, Custody.LOGIN, key.certificate(), Optional.of(secret));
        }
    }

    /** The same in custody own. */
    public static Therapist addOwn(Server server, String address, String name, String password, Certificate certificate)
            throws Exception {
        return add(server, address, name, password, Custody.OWN, certificate, Optional.empty());
    }

    private static Therapist add(
            Server server,
            String address,
            String name,
            String password,
            Custody custody,
            Certificate certificate,
            Optional<SecretKey> secret)
            throws Exception {
        EmailAddress login = EmailAddress.of(EmailAddress.of(address).canonical());
        Practice practice =
                server.part(EnrolmentRegister.class).practice(login.domain()).orElseThrow();
        Therapist therapist =
                new Therapist(new TherapistId(UUID.randomUUID()), practice.id(), login, name, custody, certificate);
        Activations activations = server.part(Activations.class);
        Passwords passwords = server.part(Passwords.class);
        NewTherapist added = new NewTherapist(login, practice.id(), name, Optional.empty());
        activations.add(added, passwords.nobodys(), Duration.ofDays(7), 5);
        Activation activation = activations.find(login).orElseThrow();
        try (Password chosen = Password.offered(password)) {
            activations.complete(activation, therapist, passwords.wrap(chosen, secret), Optional.empty());
        }
        return therapist;
    }
}
