package org.therapost.storage.sessions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.storage.store.FolderArrival;

/** What a step has done, to be told once it is committed. */
final class StepOutcome {

    final List<FiledMessage> filed = new ArrayList<>();
    final List<FolderArrival> arrivals = new ArrayList<>();
    final List<FolderArrival> gone = new ArrayList<>();
    final List<Effect> effects;

    StepOutcome(List<Effect> effects) {
        this.effects = effects;
    }

    void file(List<FolderArrival> appearances, Filing filing, Instant acceptedAt) {
        filed.add(new FiledMessage(filing.id(), acceptedAt));
        arrivals.addAll(appearances);
    }
}
