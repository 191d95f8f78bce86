package org.therapost.domain.enrolment;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.therapost.domain.access.ActivationCode;
import org.therapost.domain.addresses.DomainName;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.carriage.ReleaseWaiting;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.exchangers.ClientServers;
import org.therapost.domain.exchangers.MailExchangers;
import org.therapost.domain.office.Office;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.keys.NewThreadKey;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.domain.sealing.keys.Passwords;

/** How practices, therapists and clients come to be known. Keys are made here and leave sealed or locked. */
public final class Enrolment {

    // Neither vowels nor look-alikes: an address that spells nothing and can be read over the telephone.
    private static final String LETTERS = "bcdfghjkmnpqrstvwxz23456789";
    private static final int LOCAL_PART = 10;
    private static final Duration CODE_VALID = Duration.ofDays(7);
    private static final int CODE_TRIES = 5;
    private static final int LONGEST_NAME = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EnrolmentRegister enrolmentRegister;
    private final Activations activations;
    private final Directory directory;
    private final OpenPgpKeys openPgpKeys;
    private final Passwords passwords;
    private final ReleaseWaiting releaseWaiting;
    private final Office office;
    private final ClientServers clientServers;

    public Enrolment(
            EnrolmentRegister enrolmentRegister,
            Activations activations,
            Directory directory,
            OpenPgpKeys openPgpKeys,
            Passwords passwords,
            ReleaseWaiting releaseWaiting,
            Office office,
            ClientServers clientServers) {
        this.enrolmentRegister = enrolmentRegister;
        this.activations = activations;
        this.directory = directory;
        this.openPgpKeys = openPgpKeys;
        this.passwords = passwords;
        this.releaseWaiting = releaseWaiting;
        this.office = office;
        this.clientServers = clientServers;
    }

    /** Adds a practice; returns its signing key, whose DNS record has to be published. */
    public SigningKey addPractice(String domain) throws EnrolmentException, CannotTellException {
        String name = DomainName.parse(domain)
                .orElseThrow(why -> new EnrolmentException("not a domain name: " + printable(domain)));
        Practice practice = new Practice(new PracticeId(UUID.randomUUID()), name);
        KeyPair pair = rsa();
        SigningKey signingKey = new SigningKey(
                practice.domain(),
                "tp1",
                pair.getPrivate().getEncoded(),
                pair.getPublic().getEncoded());
        enrolmentRegister.add(practice, signingKey);
        return signingKey;
    }

    /**
     * Adds a therapist, who activates the login with the code. Until then there is no account and no key.
     *
     * @param certificate the therapist's own OpenPGP certificate, ASCII-armored or binary, in custody {@code own}; empty in custody
     *     {@code login}
     * @return the activation to which the code belongs
     */
    public Activation addTherapist(String address, String name, Optional<byte[]> certificate, ActivationCode code)
            throws EnrolmentException, CannotTellException {
        EmailAddress login = newAddress(address);
        Practice practice = practiceOf(login);
        Optional<Certificate> read =
                certificate.isPresent() ? Optional.of(readCertificate(certificate.get())) : Optional.empty();
        NewTherapist therapist = new NewTherapist(login, practice.id(), displayName(name), read);
        PasswordRecord record = record(code);
        Instant until = activations.add(therapist, record, CODE_VALID, CODE_TRIES);
        return new Activation(therapist, record, until, false, CODE_TRIES, Optional.empty());
    }

    /**
     * Replaces the code of a therapist who has not activated the login yet.
     *
     * @return when the new code expires
     */
    public Instant replaceActivationCode(String address, ActivationCode code)
            throws EnrolmentException, CannotTellException {
        EmailAddress login = EmailAddress.of(address(address, "therapist").canonical());
        return activations
                .renew(login, record(code), CODE_VALID, CODE_TRIES)
                .orElseThrow(() -> new EnrolmentException("nobody of that address waits for an activation"));
    }

    /** A code is typed by a person and so is short: its record costs as much to guess at as that of a password. */
    private PasswordRecord record(ActivationCode code) {
        try (Password secret = code.secret()) {
            return passwords.wrap(secret, Optional.empty()).record();
        }
    }

    /** Adds a client of a therapist; returns the thread, whose address the client writes to. */
    public ClientThread addClient(String therapistAddress, String clientAddress, String name)
            throws EnrolmentException, CannotTellException {
        Therapist therapist = therapist(therapistAddress);
        EmailAddress client = address(clientAddress, "client");
        if (!directory.threadsWith(client, therapist.address()).isEmpty()) {
            // In another spelling, or as a further mailbox; the register would see the same spelling only.
            throw new EnrolmentException("this therapist has that client already");
        }
        String folder = folderName(name);
        EmailAddress address = freeAddress(therapist.address().domain());
        try (NewThreadKey key = openPgpKeys.generateForThread(address)) {
            Certificate certificate = key.signing().certificate();
            ClientThread thread = new ClientThread(
                    new ThreadId(UUID.randomUUID()),
                    address,
                    therapist,
                    new Client(client, folder, Optional.empty(), false),
                    certificate);
            enrolmentRegister.add(
                    thread,
                    openPgpKeys.encryptionKeyId(certificate),
                    openPgpKeys.share(key.secret(), therapist.certificate()),
                    key.signing());
            return thread;
        }
    }

    /**
     * Records a client's consent to carriage over verified TLS, pins the exchangers of the client's domain and posts what
     * waited for it; or revokes it, and then all that was to leave by it waits.
     *
     * @throws CannotTellException if DNS does not tell the exchangers, or the database gave no answer
     */
    public void consent(String threadAddress, boolean given) throws EnrolmentException, CannotTellException {
        ClientThread thread = thread(threadAddress);
        if (given) {
            Optional<MailExchangers> named = clientServers.named(thread);
            enrolmentRegister.setTlsConsent(thread.id(), true);
            clientServers.pin(thread.id(), named);
        } else {
            enrolmentRegister.setTlsConsent(thread.id(), false);
        }
        // Also after a revocation: there may be a key.
        release(thread);
    }

    /** The thread behind an address. */
    public ClientThread thread(String threadAddress) throws EnrolmentException, CannotTellException {
        try {
            if (directory.resolve(address(threadAddress, "thread")) instanceof Destination.ToThread to) {
                return to.thread();
            }
        } catch (RefusedException unknown) {
            throw new EnrolmentException("no such thread: " + printable(threadAddress));
        }
        throw new EnrolmentException("not a thread's address: " + printable(threadAddress));
    }

    private Therapist therapist(String text) throws EnrolmentException, CannotTellException {
        EmailAddress login = address(text, "therapist");
        if (activations.find(login).filter(some -> some.usedAt().isEmpty()).isPresent()) {
            throw new EnrolmentException("this therapist has not activated the login yet, so there is no key to which"
                    + " anything could be sealed: therapist activate " + login.value());
        }
        try {
            return directory.therapist(login);
        } catch (RefusedException unknown) {
            throw new EnrolmentException("no such therapist: " + printable(text));
        }
    }

    private void release(ClientThread thread) throws CannotTellException {
        try {
            releaseWaiting.release(thread.id());
        } catch (RefusedException gone) {
            throw new IllegalStateException("the thread was there a moment ago", gone);
        }
    }

    private EmailAddress newAddress(String text) throws EnrolmentException, CannotTellException {
        EmailAddress address = address(text, "therapist");
        if (address.isInternational()) {
            // James and many mail programs change the case of logins beyond ASCII, and with it who is meant.
            throw new EnrolmentException("a therapist's address has letters of ASCII only before its '@'");
        }
        EmailAddress canonical = EmailAddress.of(address.canonical());
        if (office.reserves(canonical)) {
            throw new EnrolmentException("this address is the server's own: " + canonical.value()
                    + (office.is(canonical)
                            ? " is the office, to which therapists write commands (office.name)"
                            : " is for mail to those who run the server (RFC 5321, RFC 2142)")
                    + "; choose another one");
        }
        if (activations.find(canonical).filter(some -> some.usedAt().isEmpty()).isPresent()) {
            throw new EnrolmentException(
                    "this therapist is added already and has not activated the login yet; for a new"
                            + " code: therapist activation-code " + canonical.value());
        }
        if (enrolmentRegister.taken(canonical)) {
            throw new EnrolmentException("address is taken: " + canonical.value());
        }
        return canonical;
    }

    private Practice practiceOf(EmailAddress login) throws EnrolmentException, CannotTellException {
        Optional<Practice> practice = enrolmentRegister.practice(login.domain());
        if (practice.isEmpty()) {
            throw new EnrolmentException(
                    "no practice has the domain " + login.domain() + "; add it first: practice add " + login.domain());
        }
        return practice.get();
    }

    private EmailAddress freeAddress(String domain) throws CannotTellException {
        while (true) {
            StringBuilder local = new StringBuilder();
            for (int i = 0; i < LOCAL_PART; i++) {
                local.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
            }
            EmailAddress address = new EmailAddress(local.toString(), domain);
            if (!office.reserves(address) && !enrolmentRegister.taken(address)) {
                return address;
            }
        }
    }

    private Certificate readCertificate(byte[] encoded) throws EnrolmentException {
        return openPgpKeys
                .read(encoded)
                .orElseThrow(why -> new EnrolmentException("not a usable OpenPGP certificate: " + why));
    }

    private static EmailAddress address(String text, String whose) throws EnrolmentException {
        // The text is not quoted: for a client it would reach the operator's logs.
        return EmailAddress.parse(text.strip())
                .orElseThrow(why -> new EnrolmentException("not a mailbox address (" + whose + "): " + why));
    }

    private static String displayName(String name) throws EnrolmentException {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST_NAME) {
            throw new EnrolmentException("a name has 1 to " + LONGEST_NAME + " characters");
        }
        if (stripped.chars().anyMatch(c -> Character.isISOControl(c) || c == '<' || c == '>' || c == '"')) {
            throw new EnrolmentException("a name has no control characters, quotes or angle brackets");
        }
        return stripped;
    }

    private static String folderName(String name) throws EnrolmentException {
        String display = displayName(name);
        // '/' and '.' separate folders; '%' and '*' are IMAP wildcards; '#' and '&' are special in RFC 3501 names.
        if (display.chars().anyMatch(c -> "/\\.%*#&".indexOf(c) >= 0)) {
            throw new EnrolmentException("a client's name has none of / \\ . % * # & (it names a folder)");
        }
        return display;
    }

    private static String printable(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > LONGEST_NAME ? clean.substring(0, LONGEST_NAME) + "..." : clean;
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("RSA is part of every JDK", broken);
        }
    }
}
