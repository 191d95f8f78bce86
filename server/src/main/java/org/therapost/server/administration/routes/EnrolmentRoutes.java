package org.therapost.server.administration.routes;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.enrolment.EnrolledPeople;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.keys.Password;

/** Practices, therapists and clients. */
public final class EnrolmentRoutes implements Routes {

    private final Enrolment enrolment;
    private final EnrolledPeople enrolledPeople;
    private final ExportKey exportKey;
    private final PracticeRecords practiceRecords;

    public EnrolmentRoutes(
            Enrolment enrolment, EnrolledPeople enrolledPeople, ExportKey exportKey, PracticeRecords practiceRecords) {
        this.enrolment = enrolment;
        this.enrolledPeople = enrolledPeople;
        this.exportKey = exportKey;
        this.practiceRecords = practiceRecords;
    }

    @Override
    public Map<String, Route> routes() {
        return Map.of(
                "POST /practices", this::addPractice,
                "GET /practices", this::practices,
                "POST /therapists", this::addTherapist,
                "GET /therapists", this::therapists,
                "POST /therapists/*/key", this::exportKey,
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
        Password password = chosen(request.text("password"));
        Optional<byte[]> certificate = request.octets("certificate");
        String address = request.text("address");
        String name = request.text("name");
        return describe(
                certificate.isPresent()
                        ? enrolment.addTherapist(address, name, password, certificate.get())
                        : enrolment.addTherapist(address, name, password));
    }

    private static Password chosen(String password) throws EnrolmentException {
        try {
            return Password.chosen(password);
        } catch (IllegalArgumentException bad) {
            throw new EnrolmentException(String.valueOf(bad.getMessage()));
        }
    }

    private Object therapists(Request request) throws CannotTellException {
        return Map.of(
                "therapists",
                enrolledPeople.therapists().stream()
                        .map(EnrolmentRoutes::describe)
                        .collect(Collectors.toList()));
    }

    private static Map<String, Object> describe(Therapist therapist) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("address", therapist.address().value());
        answer.put("name", therapist.name());
        answer.put("custody", therapist.custody().name().toLowerCase(Locale.ROOT));
        return answer;
    }

    private Object exportKey(Request request) throws EnrolmentException, CannotTellException {
        return Map.of("key", exportKey.export(request.name(), request.text("password")));
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
