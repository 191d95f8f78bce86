package org.therapost.domain.carriage;

import java.time.Clock;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.exchangers.ClientServers;
import org.therapost.domain.exchangers.MailExchangers;
import org.therapost.domain.sealing.Sealer;

/** Writes the note about exchangers beside those that are pinned. */
public final class NewsOfServers implements ClientServers.News {

    private final Composer composer;
    private final Sealer sealer;
    private final Clock clock;

    public NewsOfServers(Composer composer, Sealer sealer, Clock clock) {
        this.composer = composer;
        this.sealer = sealer;
        this.clock = clock;
    }

    @Override
    public Filing of(ClientThread thread, MailExchangers beside) {
        return CarryParcel.filing(composer, sealer, clock, new CarriageNote.ServersBeside(thread, beside));
    }
}
