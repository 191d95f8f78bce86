package org.therapost.domain.enrolment;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.therapost.domain.access.ActivationCode;
import org.therapost.domain.access.RecoveryCode;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordKey;
import org.therapost.domain.sealing.keys.Passwords;
import org.therapost.domain.sealing.keys.SecretKey;

/**
 * A therapist activates the login with the one-time code: the key is made now, and opens with the password and the recovery code
 * and nothing else. Before, there is no key that anybody could have opened.
 */
public final class ActivateTherapist {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Activations activations;
    private final OpenPgpKeys openPgpKeys;
    private final Passwords passwords;

    public ActivateTherapist(Activations activations, OpenPgpKeys openPgpKeys, Passwords passwords) {
        this.activations = activations;
        this.openPgpKeys = openPgpKeys;
        this.passwords = passwords;
    }

    /**
     * What came of an activation.
     *
     * @param fingerprint of the therapist's certificate, in lower-case hexadecimal
     */
    public record Activated(Therapist therapist, String fingerprint) {}

    /**
     * Activates a login.
     *
     * @param typed the one-time code
     * @param recoveryCode opens the key as well; not used in custody {@code own}, where there is no key to open
     * @throws EnrolmentException if the code was used, has expired or is wrong, or the password is too weak; the text says which
     */
    public Activated activate(String address, Password typed, Password password, RecoveryCode recoveryCode)
            throws EnrolmentException, CannotTellException {
        EmailAddress login = address(address);
        Activation activation = activations.find(login).orElseThrow(ActivateTherapist::unknown);
        stillValid(activation);
        // What can be wrong without being a guess costs no try.
        ActivationCode code = ActivationCode.read(typed)
                .orElseThrow(() -> new EnrolmentException("this is no activation code, or it was copied wrongly: it has"
                        + " three groups of four letters and digits"));
        NewTherapist added = activation.therapist();
        ChosenPassword.check(password, login, added.name());
        try (code) {
            prove(activation, code);
        }
        return added.custody() == Custody.OWN
                ? complete(activation, password)
                : complete(activation, password, recoveryCode);
    }

    private void prove(Activation activation, ActivationCode code) throws EnrolmentException, CannotTellException {
        EmailAddress login = activation.therapist().login();
        if (!activations.countTry(login)) {
            throw usedUp();
        }
        try (Password secret = code.secret()) {
            Optional<PasswordKey> proved = passwords.prove(activation.code(), secret);
            proved.ifPresent(PasswordKey::close);
            if (proved.isEmpty()) {
                int left = activation.triesLeft() - 1;
                throw left > 0
                        ? new EnrolmentException("the activation code is wrong; it can be tried " + left
                                + (left == 1 ? " more time" : " more times"))
                        : usedUp();
            }
        }
    }

    private static void stillValid(Activation activation) throws EnrolmentException {
        if (activation.usedAt().isPresent()) {
            throw new EnrolmentException("this code was already used on "
                    + DATE.format(activation.usedAt().get())
                    + ". If that was not you, somebody else has this login: tell the operator at once");
        }
        if (activation.expired()) {
            throw new EnrolmentException("this code expired on " + DATE.format(activation.expiresAt())
                    + "; the operator makes a new one: therapist activation-code ADDRESS");
        }
        if (activation.triesLeft() == 0) {
            throw usedUp();
        }
    }

    private static EnrolmentException usedUp() {
        return new EnrolmentException("wrong codes were typed five times, so this code is not valid any more; the"
                + " operator makes a new one: therapist activation-code ADDRESS");
    }

    private static EnrolmentException unknown() {
        return new EnrolmentException("nobody of that address waits for an activation");
    }

    private Activated complete(Activation activation, Password password)
            throws EnrolmentException, CannotTellException {
        NewTherapist added = activation.therapist();
        Therapist therapist = new Therapist(
                new TherapistId(UUID.randomUUID()),
                added.practice(),
                added.login(),
                added.name(),
                Custody.OWN,
                added.certificate().orElseThrow());
        activations.complete(activation, therapist, passwords.wrap(password, Optional.empty()), Optional.empty());
        return new Activated(therapist, openPgpKeys.fingerprint(therapist.certificate()));
    }

    private Activated complete(Activation activation, Password password, RecoveryCode recoveryCode)
            throws EnrolmentException, CannotTellException {
        NewTherapist added = activation.therapist();
        try (NewKey key =
                        openPgpKeys.generate(added.name() + " <" + added.login().value() + ">");
                Password paper = recoveryCode.secret()) {
            SecretKey secret = key.secret();
            Therapist therapist = new Therapist(
                    new TherapistId(UUID.randomUUID()),
                    added.practice(),
                    added.login(),
                    added.name(),
                    Custody.LOGIN,
                    key.certificate());
            KeyWrapping byPassword = passwords.wrap(password, Optional.of(secret));
            KeyWrapping byCode = passwords.wrapRandom(paper, Optional.of(secret));
            activations.complete(activation, therapist, byPassword, Optional.of(byCode));
            return new Activated(therapist, openPgpKeys.fingerprint(key.certificate()));
        }
    }

    private static EmailAddress address(String text) throws EnrolmentException {
        try {
            return EmailAddress.of(EmailAddress.of(text.strip()).canonical());
        } catch (IllegalArgumentException noAddress) {
            throw unknown();
        }
    }
}
