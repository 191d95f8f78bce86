package org.therapost.server.administration.routes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.storage.queue.QueueAdministration;

/** Parcels on their way, waiting, or set aside: ids and times, no address. */
public final class QueueRoutes implements Routes {

    private static final int MOST = 1000;

    private final QueueAdministration ledger;

    public QueueRoutes(QueueAdministration ledger) {
        this.ledger = ledger;
    }

    @Override
    public Map<String, Route> routes() {
        return Map.of("GET /queue", this::list, "POST /queue/*/retry", this::retry);
    }

    private Object list(Request request) throws CannotTellException {
        return Map.of(
                "parcels",
                ledger.items(MOST).stream().map(QueueRoutes::describe).collect(Collectors.toList()));
    }

    private static Map<String, Object> describe(QueueAdministration.Item item) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", item.id());
        answer.put("place", item.place());
        answer.put("thread", item.label().thread().map(UUID::toString).orElse(""));
        answer.put("carriage", item.label().carriage());
        answer.put("posted", item.tries().posted().toString());
        answer.put("next", item.tries().next().toString());
        answer.put("attempts", item.tries().attempts());
        answer.put("size", item.size());
        answer.put("inWork", item.tries().inWork());
        return answer;
    }

    private Object retry(Request request) throws EnrolmentException, CannotTellException {
        UUID id;
        try {
            id = UUID.fromString(request.name());
        } catch (IllegalArgumentException wrong) {
            throw new EnrolmentException("not the id of a parcel");
        }
        if (!ledger.retry(id)) {
            throw new EnrolmentException(
                    "no such parcel, or an attempt is under way, or it waits for a key or consent");
        }
        return Map.of("id", id.toString());
    }
}
