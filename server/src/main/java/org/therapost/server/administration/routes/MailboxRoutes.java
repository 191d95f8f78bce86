package org.therapost.server.administration.routes;

import java.util.LinkedHashMap;
import java.util.Map;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.enrolment.ChangeClientMailboxes;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.people.ClientMailboxes;

/** The mailboxes from which a client writes. */
public final class MailboxRoutes implements Routes {

    private final ChangeClientMailboxes clientMailboxes;

    public MailboxRoutes(ChangeClientMailboxes clientMailboxes) {
        this.clientMailboxes = clientMailboxes;
    }

    @Override
    public Map<String, Route> routes() {
        return Map.of(
                "GET /threads/*/mailboxes", request -> describe(request, clientMailboxes.of(request.name())),
                "POST /threads/*/mailboxes", this::add,
                "DELETE /threads/*/mailboxes", this::remove,
                "PUT /threads/*/mailboxes", this::makePrimary);
    }

    private Object add(Request request) throws EnrolmentException, CannotTellException {
        return describe(request, clientMailboxes.add(request.name(), request.text("mailbox")));
    }

    private Object remove(Request request) throws EnrolmentException, CannotTellException {
        return describe(request, clientMailboxes.remove(request.name(), request.text("mailbox")));
    }

    private Object makePrimary(Request request) throws EnrolmentException, CannotTellException {
        return describe(request, clientMailboxes.makePrimary(request.name(), request.text("mailbox")));
    }

    private static Map<String, Object> describe(Request request, ClientMailboxes clientMailboxes) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("thread", request.name());
        answer.put(
                "primary",
                clientMailboxes.areReachable() ? clientMailboxes.primary().value() : "");
        answer.put(
                "further",
                clientMailboxes.further().stream().map(EmailAddress::value).toList());
        return answer;
    }
}
