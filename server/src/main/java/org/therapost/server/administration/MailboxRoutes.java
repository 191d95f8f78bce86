package org.therapost.server.administration;

import java.util.LinkedHashMap;
import java.util.Map;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.people.ClientMailboxes;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.people.EnrolmentException;
import org.therapost.domain.people.Mailboxes;

/** The mailboxes from which a client writes. */
public final class MailboxRoutes {

    private final ClientMailboxes mailboxes;

    public MailboxRoutes(ClientMailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    Map<String, Route> routes() {
        return Map.of(
                "GET /threads/*/mailboxes", request -> describe(request, mailboxes.of(request.name())),
                "POST /threads/*/mailboxes", this::add,
                "DELETE /threads/*/mailboxes", this::remove,
                "PUT /threads/*/mailboxes", this::makePrimary);
    }

    private Object add(Request request) throws EnrolmentException, CannotTellException {
        return describe(request, mailboxes.add(request.name(), request.text("mailbox")));
    }

    private Object remove(Request request) throws EnrolmentException, CannotTellException {
        return describe(request, mailboxes.remove(request.name(), request.text("mailbox")));
    }

    private Object makePrimary(Request request) throws EnrolmentException, CannotTellException {
        return describe(request, mailboxes.makePrimary(request.name(), request.text("mailbox")));
    }

    private static Map<String, Object> describe(Request request, Mailboxes mailboxes) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("thread", request.name());
        answer.put("primary", mailboxes.areReachable() ? mailboxes.primary().value() : "");
        answer.put(
                "further", mailboxes.further().stream().map(EmailAddress::value).toList());
        return answer;
    }
}
