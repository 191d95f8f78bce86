package org.therapost.domain.journeys;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.carriage.CarriageNote;
import org.therapost.domain.carriage.Composer;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.MessageReaders;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.conversation.UnreachableClients;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Sealer;

/** After an update: the therapist of each client whose stored mailbox is refused now gets one note that names the client. */
public final class TellUnreachable {

    private final UnreachableClients clients;
    private final Directory directory;
    private final Composer composer;
    private final Sealer sealer;
    private final Clock clock;

    public TellUnreachable(
            UnreachableClients clients, Directory directory, Composer composer, Sealer sealer, Clock clock) {
        this.clients = clients;
        this.directory = directory;
        this.composer = composer;
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * Tells of all of whom nobody was told; once, however many processes do this.
     *
     * @return the threads of whose client it could not tell; it tries again when it is called again
     * @throws CannotTellException if the database did not say whom to tell
     */
    public List<ThreadId> tell() throws CannotTellException {
        List<ThreadId> failed = new ArrayList<>();
        for (ThreadId id : clients.untold()) {
            try {
                clients.tell(id, note(directory.thread(id)));
            } catch (RefusedException | CannotTellException | RuntimeException notThisOne) {
                // One therapist's note that cannot be written must not keep all others from their mail.
                failed.add(id);
            }
        }
        return failed;
    }

    private Filing note(ClientThread thread) {
        Therapist therapist = thread.therapist();
        MailContent text = composer.notice(therapist, new CarriageNote.Unreachable(thread));
        MessageId id = new MessageId(UUID.randomUUID());
        return new Filing(
                id,
                new FilingPlace.Notice(therapist),
                sealer.seal(text, MessageReaders.ofNote(therapist, id, text, clock.instant())));
    }
}
