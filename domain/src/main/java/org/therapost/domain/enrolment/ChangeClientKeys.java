package org.therapost.domain.enrolment;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.Parsed;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.clientkeys.ClientKeyRing.Outcome;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.office.ClientKeyDesk;
import org.therapost.domain.people.Client;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.keys.OpenPgpKeys;

/**
 * What those who run the server do about clients' certificates. They put one on file, and the therapist decides whether it is
 * used.
 */
public final class ChangeClientKeys {

    private static final Duration SOON = Duration.ofDays(30);

    private final Enrolment enrolment;
    private final OpenPgpKeys openPgpKeys;
    private final ClientKeyDesk desk;

    public ChangeClientKeys(Enrolment enrolment, OpenPgpKeys openPgpKeys, ClientKeyDesk desk) {
        this.enrolment = enrolment;
        this.openPgpKeys = openPgpKeys;
        this.desk = desk;
    }

    /**
     * Puts a client's certificate on file. It waits for the therapist's word, unless it is one that is known: then what is new in
     * it counts.
     *
     * @param evenIfOtherAddress take it although it does not name the client's mailbox
     */
    public KeyOnFile add(String threadAddress, byte[] certificate, boolean evenIfOtherAddress)
            throws EnrolmentException, CannotTellException {
        ClientThread thread = enrolment.thread(threadAddress);
        Parsed<Certificate> usable = openPgpKeys.read(certificate);
        if (usable.toOptional().isEmpty() && refreshed(thread, certificate)) {
            Certificate copy = openPgpKeys.readUnjudged(certificate).orElseThrow(EnrolmentException::new);
            return new KeyOnFile(
                    openPgpKeys.fingerprint(copy), KeyOnFile.State.KNOWN, List.of("no answer can be encrypted to it"));
        }
        Certificate read =
                usable.orElseThrow(why -> new EnrolmentException("not a usable OpenPGP certificate: " + why));
        List<String> warnings = warnings(thread, read, evenIfOtherAddress);
        KeyOnFile.State state =
                switch (offered(thread, read)) {
                    case WAITS, CHANGED -> KeyOnFile.State.WAITS;
                    default -> KeyOnFile.State.KNOWN;
                };
        return new KeyOnFile(openPgpKeys.fingerprint(read), state, warnings);
    }

    /** Takes a client's certificates off file. */
    public void remove(String threadAddress) throws EnrolmentException, CannotTellException {
        try {
            desk.takenOffFile(enrolment.thread(threadAddress));
        } catch (RefusedException gone) {
            throw gone(gone);
        }
    }

    private List<String> warnings(ClientThread thread, Certificate read, boolean evenIfOtherAddress)
            throws EnrolmentException {
        List<String> warnings = new ArrayList<>();
        if (!names(read, thread.client())) {
            if (!evenIfOtherAddress) {
                // Neither address is quoted: this is written to terminals and logs.
                throw new EnrolmentException(
                        "the certificate does not name this client's mailbox, so it may be somebody"
                                + " else's: ask the client for theirs; if they confirm the fingerprint "
                                + openPgpKeys.fingerprint(read) + ", add it with --even-if-other-address");
            }
            warnings.add("it does not name the client's mailbox");
        }
        openPgpKeys
                .validity(read, SOON)
                .map(validity -> LocalDate.ofInstant(validity.until(), ZoneOffset.UTC))
                .ifPresent(day -> warnings.add("it expires on " + day + " (UTC): from then on no answer leaves for this"
                        + " client; ask for a prolonged one before, and add it again"));
        return warnings;
    }

    private boolean names(Certificate certificate, Client client) {
        return openPgpKeys.mailboxes(certificate).stream()
                .flatMap(mailbox -> EmailAddress.parse(mailbox).toOptional().stream())
                .anyMatch(client::writesAs);
    }

    private Outcome offered(ClientThread thread, Certificate read) throws CannotTellException {
        try {
            return desk.putOnFile(thread, read);
        } catch (RefusedException gone) {
            throw gone(gone);
        }
    }

    private boolean refreshed(ClientThread thread, byte[] certificate) throws CannotTellException {
        try {
            return desk.refreshed(thread, certificate);
        } catch (RefusedException gone) {
            throw gone(gone);
        }
    }

    private static IllegalStateException gone(RefusedException gone) {
        return new IllegalStateException("the thread was there a moment ago", gone);
    }
}
