package org.therapost.storage.sessions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.sessions.Effect;
import org.therapost.storage.Arrival;

/** What a step has done, to be told once it is committed. */
final class Done {

    final List<FiledMessage> filed = new ArrayList<>();
    final List<Arrival> arrivals = new ArrayList<>();
    final List<Arrival> gone = new ArrayList<>();
    final List<Effect> effects;

    Done(List<Effect> effects) {
        this.effects = effects;
    }

    void file(List<Arrival> appearances, Filing filing, Instant acceptedAt) {
        filed.add(new FiledMessage(filing.id(), acceptedAt));
        arrivals.addAll(appearances);
    }
}
