package org.therapost.server.administration.routes;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.office.OperatorMail;

/** Mail to the postmaster, for those to whom it is written. */
public final class OperatorMailRoutes implements Routes {

    private final OperatorMail mail;

    public OperatorMailRoutes(OperatorMail mail) {
        this.mail = mail;
    }

    @Override
    public Map<String, Route> routes() {
        return Map.of(
                "GET /postmaster", this::list,
                "GET /postmaster/*", this::read,
                "POST /postmaster/*/remove", this::remove);
    }

    private Object list(Request request) throws CannotTellException {
        return Map.of(
                "mails",
                mail.list().stream()
                        .map(item -> Map.of(
                                "id", item.id().toString(),
                                "arrived", item.arrived().toString(),
                                "size", item.size()))
                        .toList());
    }

    private Object read(Request request) throws EnrolmentException, CannotTellException {
        UUID id = id(request);
        return Map.of(
                "id",
                id.toString(),
                "mail",
                new String(
                        mail.read(id)
                                .orElseThrow(() -> new EnrolmentException("no such mail"))
                                .octets(),
                        StandardCharsets.ISO_8859_1));
    }

    private Object remove(Request request) throws EnrolmentException, CannotTellException {
        UUID id = id(request);
        if (!mail.remove(id)) {
            throw new EnrolmentException("no such mail");
        }
        return Map.of("id", id.toString());
    }

    private static UUID id(Request request) throws EnrolmentException {
        try {
            return UUID.fromString(request.name());
        } catch (IllegalArgumentException wrong) {
            throw new EnrolmentException("not the id of a mail");
        }
    }
}
