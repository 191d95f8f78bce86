package org.therapost.server.administration.routes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.carriage.SigningSubkeys;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.people.Custody;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.keys.OpenPgpKeys;

/** The certificates of threads and therapists, which everybody may have. */
public final class KeyRoutes implements Routes {

    private static final String LISTS = "; `thread list` and `therapist list` show the addresses that have one";

    private final Directory directory;
    private final SigningSubkeys subkeys;
    private final OpenPgpKeys openPgpKeys;

    public KeyRoutes(Directory directory, SigningSubkeys subkeys, OpenPgpKeys openPgpKeys) {
        this.directory = directory;
        this.subkeys = subkeys;
        this.openPgpKeys = openPgpKeys;
    }

    @Override
    public Map<String, Route> routes() {
        return Map.of("GET /keys/*", this::export);
    }

    private Object export(Request request) throws EnrolmentException, CannotTellException {
        Destination owner = owner(request.name());
        if (owner instanceof Destination.ToThread to) {
            return answer("thread", to.thread().key(), warnings(to.thread()));
        }
        return answer("therapist", ((Destination.ToTherapist) owner).therapist().certificate(), List.of());
    }

    private Destination owner(String address) throws EnrolmentException, CannotTellException {
        // What is typed here may be a client's mailbox: it is not said again.
        try {
            return directory.resolve(EmailAddress.of(address));
        } catch (IllegalArgumentException noAddress) {
            throw new EnrolmentException("that is not an address: a thread's or a therapist's is meant" + LISTS);
        } catch (RefusedException unknown) {
            throw new EnrolmentException(
                    "no thread and no therapist has this address: a client's own certificate is not"
                            + " exported, since it names the client" + LISTS);
        }
    }

    private List<String> warnings(ClientThread thread) throws CannotTellException {
        if (subkeys.of(thread.id()).isPresent()) {
            return List.of();
        }
        return List.of(
                thread.therapist().custody() == Custody.OWN
                        ? "this thread is from an earlier release and gets its next key, which also signs, when its"
                                + " therapist logs in the next time: export the certificate again after that"
                        : "this thread is from an earlier release and gets its signing subkey when its therapist logs"
                                + " in the next time: export the certificate again after that");
    }

    private Map<String, Object> answer(String whose, Certificate certificate, List<String> warnings) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("of", whose);
        answer.put("fingerprint", openPgpKeys.fingerprint(certificate));
        answer.put("certificate", openPgpKeys.armor(certificate));
        answer.put("warnings", warnings);
        return answer;
    }
}
