package org.therapost.server.administration.routes;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadFolders;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.enrolment.ChangeClientKeys;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.enrolment.EnrolmentRegister;
import org.therapost.domain.enrolment.KeyOnFile;
import org.therapost.domain.enrolment.ThreadSummary;

/** Threads, and how answers travel in them. */
public final class ThreadRoutes implements Routes {

    private final Enrolment enrolment;
    private final ChangeClientKeys keys;
    private final EnrolmentRegister enrolmentRegister;
    private final ThreadFolders threadFolders;

    public ThreadRoutes(
            Enrolment enrolment,
            ChangeClientKeys keys,
            EnrolmentRegister enrolmentRegister,
            ThreadFolders threadFolders) {
        this.enrolment = enrolment;
        this.keys = keys;
        this.enrolmentRegister = enrolmentRegister;
        this.threadFolders = threadFolders;
    }

    @Override
    public Map<String, Route> routes() {
        return Map.of(
                "GET /threads", this::list,
                "GET /threads/*", this::show,
                "PUT /threads/*/key", this::addKey,
                "DELETE /threads/*/key", this::removeKey,
                "PUT /threads/*/consent", this::consent,
                "POST /threads/*/view", this::restore);
    }

    private Object list(Request request) throws CannotTellException {
        return Map.of(
                "threads",
                enrolmentRegister.threads().stream().map(ThreadRoutes::describe).collect(Collectors.toList()));
    }

    private Object show(Request request) throws EnrolmentException, CannotTellException {
        ThreadId id = enrolment.thread(request.name()).id();
        return enrolmentRegister.threads().stream()
                .filter(summary -> summary.id().equals(id))
                .findFirst()
                .map(ThreadRoutes::describe)
                .orElseThrow(() -> new EnrolmentException("no such thread"));
    }

    private static Map<String, Object> describe(ThreadSummary summary) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("thread", summary.address().value());
        answer.put("id", summary.id().value().toString());
        answer.put("therapist", summary.therapist().value());
        answer.put("carriage", summary.carriage().name().toLowerCase(Locale.ROOT));
        answer.put("key", summary.key().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        answer.put("messages", summary.activity().messages());
        answer.put("waiting", summary.activity().waiting());
        answer.put("created", summary.activity().createdAt().toString());
        answer.put(
                "last",
                summary.activity().lastAcceptedAt().map(Instant::toString).orElse(""));
        return answer;
    }

    private Object addKey(Request request) throws EnrolmentException, CannotTellException {
        byte[] certificate =
                request.octets("certificate").orElseThrow(() -> new EnrolmentException("certificate is missing"));
        KeyOnFile added = keys.add(request.name(), certificate, request.optionalFlag("even-if-other-address"));
        return Map.of(
                "thread",
                request.name(),
                "fingerprint",
                added.fingerprint(),
                "state",
                added.state().name().toLowerCase(Locale.ROOT),
                "warnings",
                added.warnings());
    }

    private Object removeKey(Request request) throws EnrolmentException, CannotTellException {
        keys.remove(request.name());
        return Map.of("thread", request.name());
    }

    private Object restore(Request request) throws EnrolmentException, CannotTellException {
        ThreadId id = enrolment.thread(request.name()).id();
        return Map.of("thread", request.name(), "restored", threadFolders.restore(id));
    }

    private Object consent(Request request) throws EnrolmentException, CannotTellException {
        boolean given = request.flag("given");
        enrolment.consent(request.name(), given);
        return Map.of("thread", request.name(), "carriage", "tls", "given", given);
    }
}
