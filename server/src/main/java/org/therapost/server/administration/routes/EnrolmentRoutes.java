package org.therapost.server.administration.routes;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.therapost.domain.access.ActivationCode;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.enrolment.Activation;
import org.therapost.domain.enrolment.Activations;
import org.therapost.domain.enrolment.EnrolledPeople;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.Therapist;

/** Practices, therapists and clients. */
public final class EnrolmentRoutes implements Routes {

    private final Enrolment enrolment;
    private final EnrolledPeople enrolledPeople;
    private final Activations activations;
    private final PracticeRecords practiceRecords;

    public EnrolmentRoutes(
            Enrolment enrolment,
            EnrolledPeople enrolledPeople,
            Activations activations,
            PracticeRecords practiceRecords) {
        this.enrolment = enrolment;
        this.enrolledPeople = enrolledPeople;
        this.activations = activations;
        this.practiceRecords = practiceRecords;
    }

    @Override
    public Map<String, Route> routes() {
        return Map.of(
                "POST /practices", this::addPractice,
                "GET /practices", this::practices,
                "POST /therapists", this::addTherapist,
                "GET /therapists", this::therapists,
                "POST /therapists/*/activation-code", this::replaceCode,
                "POST /clients", this::addClient);
    }

    private Object addPractice(Request request) throws EnrolmentException, CannotTellException {
        SigningKey key = enrolment.addPractice(request.text("domain"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("domain", key.domain());
        answer.put("records", practiceRecords.of(key));
        return answer;
    }

    private Object practices(Request request) throws CannotTellException {
        return Map.of(
                "practices",
                enrolledPeople.practices().stream()
                        .map(practice -> Map.of("domain", practice.domain()))
                        .collect(Collectors.toList()));
    }

    private Object addTherapist(Request request) throws EnrolmentException, CannotTellException {
        try (ActivationCode code = code(request)) {
            Activation added = enrolment.addTherapist(
                    request.text("address"), request.text("name"), request.octets("certificate"), code);
            return describe(added);
        }
    }

    private Object replaceCode(Request request) throws EnrolmentException, CannotTellException {
        try (ActivationCode code = code(request)) {
            Instant until = enrolment.replaceActivationCode(request.name(), code);
            return Map.of("address", request.name(), "until", until.toString());
        }
    }

    private static ActivationCode code(Request request) throws EnrolmentException {
        return ActivationCode.read(request.secret(0))
                .orElseThrow(() -> new EnrolmentException("not an activation code as it is drawn"));
    }

    private Object therapists(Request request) throws CannotTellException {
        return Map.of(
                "therapists",
                enrolledPeople.therapists().stream()
                        .map(EnrolmentRoutes::describe)
                        .collect(Collectors.toList()),
                "waiting",
                activations.waiting().stream().map(EnrolmentRoutes::describe).collect(Collectors.toList()));
    }

    private static Map<String, Object> describe(Activation waiting) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("address", waiting.therapist().login().value());
        answer.put("name", waiting.therapist().name());
        answer.put("custody", waiting.therapist().custody().name().toLowerCase(Locale.ROOT));
        answer.put("until", waiting.expiresAt().toString());
        answer.put("codeValid", !waiting.expired() && waiting.triesLeft() > 0);
        return answer;
    }

    static Map<String, Object> describe(Therapist therapist) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("address", therapist.address().value());
        answer.put("name", therapist.name());
        answer.put("custody", therapist.custody().name().toLowerCase(Locale.ROOT));
        return answer;
    }

    private Object addClient(Request request) throws EnrolmentException, CannotTellException {
        ClientThread thread =
                enrolment.addClient(request.text("therapist"), request.text("email"), request.text("name"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("thread", thread.address().value());
        answer.put("id", thread.id().value().toString());
        answer.put("therapist", thread.therapist().address().value());
        return answer;
    }
}
