package org.therapost.server.administration.routes;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.sessions.journeys.TakeCommand;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.DefaultTerms;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.step.Timetables;

/** What is agreed for a thread, and how its client wants to be written to. */
public final class ContractRoutes implements Routes {

    private final Enrolment enrolment;
    private final Timetables timetables;
    private final TakeCommand takeCommand;
    private final DefaultTerms defaultTerms;
    private final Clock clock;

    public ContractRoutes(
            Enrolment enrolment,
            Timetables timetables,
            TakeCommand takeCommand,
            DefaultTerms defaultTerms,
            Clock clock) {
        this.enrolment = enrolment;
        this.timetables = timetables;
        this.takeCommand = takeCommand;
        this.defaultTerms = defaultTerms;
        this.clock = clock;
    }

    @Override
    public Map<String, Route> routes() {
        return Map.of(
                "GET /threads/*/contract", this::show,
                "PUT /threads/*/contract", this::set,
                "GET /threads/*/settings", this::showSettings,
                "PUT /threads/*/settings", this::setSettings);
    }

    private Timetable timetable(ClientThread thread) throws CannotTellException {
        Optional<Timetable> known = timetables.find(thread.id());
        return known.isPresent() ? known.get() : defaultTerms.timetable(thread.id());
    }

    private Object show(Request request) throws EnrolmentException, CannotTellException {
        Timetable timetable = timetable(enrolment.thread(request.name()));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("thread", request.name());
        answer.put("now", ContractText.describe(timetable.termsAt(clock.instant())));
        answer.put("all", timetable.terms().stream().map(ContractText::describe).toList());
        return answer;
    }

    private Object set(Request request) throws EnrolmentException, CannotTellException {
        ClientThread thread = enrolment.thread(request.name());
        Timetable timetable = timetable(thread);
        Terms last = timetable.terms().get(timetable.terms().size() - 1);
        try {
            takeCommand.agree(thread, ContractText.changed(last, request, since(request, last.zone())));
        } catch (RefusedException refused) {
            throw new EnrolmentException("refused: " + refused.refusal());
        }
        return show(request);
    }

    private Instant since(Request request, ZoneId zone) throws EnrolmentException {
        Optional<String> text = request.optional("from");
        if (text.isEmpty()) {
            return clock.instant();
        }
        try {
            return LocalDate.parse(text.get().strip()).atStartOfDay(zone).toInstant();
        } catch (DateTimeException bad) {
            throw new EnrolmentException("from is a date, such as 2026-12-01");
        }
    }

    private Object showSettings(Request request) throws EnrolmentException, CannotTellException {
        ClientSettings settings = timetable(enrolment.thread(request.name())).client();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("thread", request.name());
        answer.put("zone", settings.zone().getId());
        answer.put("language", settings.language().toLanguageTag());
        answer.put("crisis", settings.crisis().name().toLowerCase(Locale.ROOT));
        answer.put("crisis-text", settings.crisisText().isPresent() ? "set" : "none");
        return answer;
    }

    private Object setSettings(Request request) throws EnrolmentException, CannotTellException {
        ClientThread thread = enrolment.thread(request.name());
        ClientSettings old = timetable(thread).client();
        try {
            takeCommand.settings(
                    thread,
                    new ClientSettings(
                            request.optional("zone").map(ZoneId::of).orElse(old.zone()),
                            request.optional("language")
                                    .map(Locale::forLanguageTag)
                                    .orElse(old.language()),
                            request.optional("crisis")
                                    .map(text -> ClientSettings.Crisis.valueOf(
                                            text.strip().toUpperCase(Locale.ROOT)))
                                    .orElse(old.crisis()),
                            request.optional("crisis-text")
                                    .map(String::strip)
                                    .or(old::crisisText)
                                    .filter(text -> !text.equalsIgnoreCase("none"))));
        } catch (DateTimeException bad) {
            throw new EnrolmentException("zone is an IANA name, such as Europe/London");
        } catch (IllegalArgumentException bad) {
            throw new EnrolmentException("crisis is one of pointer, open");
        } catch (RefusedException refused) {
            throw new EnrolmentException("refused: " + refused.refusal());
        }
        return showSettings(request);
    }
}
