package org.therapost.server.administration.routes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.sessions.engine.SimulatedEvent;
import org.therapost.domain.sessions.engine.Simulation;
import org.therapost.domain.sessions.journeys.TakeCommand;
import org.therapost.domain.sessions.mail.SessionCommand;
import org.therapost.domain.sessions.mail.SessionCommandParser;
import org.therapost.domain.sessions.model.DefaultTerms;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.Timetables;

/** The agreed times of a thread: what is planned, what a command does, what will happen. */
public final class SessionRoutes implements Routes {

    private static final Duration FARTHEST = Duration.ofDays(3_660);

    private final Enrolment enrolment;
    private final Timetables timetables;
    private final TakeCommand takeCommand;
    private final Simulation simulation;
    private final DefaultTerms defaultTerms;
    private final Clock clock;

    public SessionRoutes(
            Enrolment enrolment,
            Timetables timetables,
            TakeCommand takeCommand,
            Simulation simulation,
            DefaultTerms defaultTerms,
            Clock clock) {
        this.enrolment = enrolment;
        this.timetables = timetables;
        this.takeCommand = takeCommand;
        this.simulation = simulation;
        this.defaultTerms = defaultTerms;
        this.clock = clock;
    }

    @Override
    public Map<String, Route> routes() {
        return Map.of(
                "GET /threads/*/sessions", this::list,
                "POST /threads/*/sessions", this::command,
                "POST /threads/*/simulation", this::simulate);
    }

    private Timetable timetable(ClientThread thread) throws CannotTellException {
        Optional<Timetable> known = timetables.find(thread.id());
        return known.isPresent() ? known.get() : defaultTerms.timetable(thread.id());
    }

    private Object list(Request request) throws EnrolmentException, CannotTellException {
        Timetable timetable = timetable(enrolment.thread(request.name()));
        SessionTimes times = SessionTimes.of(timetable, clock.instant());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("thread", request.name());
        answer.put(
                "windows",
                timetable.windows().stream()
                        .map(window -> describe(window, times))
                        .toList());
        List<HeldMail> held = timetable.held().stream()
                .filter(mail -> mail.fate() == HeldMail.Fate.RELEASE)
                .toList();
        answer.put("held", held.size());
        answer.put("oldest", held.isEmpty() ? "" : times.therapist(held.get(0).acceptedAt()));
        return answer;
    }

    private static Map<String, Object> describe(Window window, SessionTimes times) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", window.id().value().toString());
        line.put("kind", text(window.kind()));
        line.put("state", text(window.state()));
        line.put("opens", times.therapist(window.opensAt()));
        line.put("closes", times.therapist(window.closesAt()));
        line.put("opensForClient", times.client(window.opensAt()));
        line.put("confirmed", window.is(Window.Mark.CONFIRMED));
        line.put("byClient", window.turns().byClient());
        line.put("byTherapist", window.turns().byTherapist());
        line.put("result", window.result().map(SessionRoutes::text).orElse(""));
        return line;
    }

    private Object command(Request request) throws EnrolmentException, CannotTellException {
        ClientThread thread = enrolment.thread(request.name());
        Instant now = clock.instant();
        ZoneId zone = timetable(thread).termsAt(now).zone();
        String text = request.text("command");
        SessionCommand command = SessionCommandParser.read("session " + text, zone, now)
                .filter(read -> !(read instanceof SessionCommand.Help))
                .orElseThrow(() -> new EnrolmentException("not understood: session " + text));
        try {
            takeCommand.take(thread, command);
        } catch (RefusedException refused) {
            throw new EnrolmentException("refused: " + refused.refusal());
        }
        return list(request);
    }

    private Object simulate(Request request) throws EnrolmentException, CannotTellException {
        Timetable timetable = timetable(enrolment.thread(request.name()));
        Instant now = clock.instant();
        SessionTimes times = SessionTimes.of(timetable, now);
        Instant from = instant(request.optional("from"), times.therapist()).orElse(now);
        Instant to = instant(request.optional("to"), times.therapist())
                .orElseThrow(() -> new EnrolmentException("to is missing"));
        if (!from.isBefore(to)) {
            throw new EnrolmentException("--from is not before --to");
        }
        if (to.isAfter(now.plus(FARTHEST))) {
            throw new EnrolmentException("--to is more than ten years ahead");
        }
        List<Map<String, Object>> lines = new ArrayList<>();
        // What is known is how it stands now, so time passes from now on, whatever part of it is asked for.
        for (SimulatedEvent simulatedEvent : simulation.run(timetable, now, to)) {
            if (!simulatedEvent.at().isBefore(from)) {
                lines.addAll(describe(simulatedEvent, times));
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("thread", request.name());
        answer.put("therapistZone", times.therapist().getId());
        answer.put("clientZone", times.client().getId());
        answer.put("happenings", lines);
        return answer;
    }

    private static List<Map<String, Object>> describe(SimulatedEvent simulatedEvent, SessionTimes times) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (SimulatedEvent.Change change : simulatedEvent.changes()) {
            Window window = change.window();
            lines.add(line(
                    simulatedEvent.at(),
                    times,
                    "window " + change.before().map(SessionRoutes::text).orElse("-") + " -> " + text(window.state())
                            + ", " + times.therapist(window.opensAt()) + " for "
                            + window.length().toMinutes() + " min"
                            + window.result().map(result -> ", " + text(result)).orElse("")));
        }
        simulatedEvent.effects().forEach(effect -> lines.add(line(simulatedEvent.at(), times, describe(effect))));
        return lines;
    }

    private static Map<String, Object> line(Instant at, SessionTimes times, String what) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("therapist", times.therapist(at));
        line.put("client", times.client(at));
        line.put("what", what);
        return line;
    }

    private static String describe(Effect effect) {
        if (effect instanceof Effect.Release) {
            return "a held message is released";
        }
        if (effect instanceof Effect.Erase) {
            return "a message that was not passed on is erased";
        }
        if (effect instanceof Effect.TellClient tell) {
            return "notice to the client: " + words(tell.notice());
        }
        if (effect instanceof Effect.TellTherapist tell) {
            return "note to the therapist: " + words(tell.note());
        }
        return effect instanceof Effect.Log log ? "audit: " + text(log.event()) : "answers that wait are sent";
    }

    /** {@code AnswerDue} as {@code answer due}: what kind of letter it is, without what it says. */
    private static String words(Object letter) {
        return letter.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A date, or a date and a time of day, of a zone. */
    private static Optional<Instant> instant(Optional<String> text, ZoneId zone) throws EnrolmentException {
        if (text.isEmpty() || text.get().isBlank()) {
            return Optional.empty();
        }
        String stripped = text.get().strip().replace(' ', 'T');
        try {
            LocalDateTime local = stripped.contains("T")
                    ? LocalDateTime.parse(stripped)
                    : LocalDate.parse(stripped).atStartOfDay();
            return Optional.of(local.atZone(zone).toInstant());
        } catch (DateTimeParseException bad) {
            throw new EnrolmentException("not a date, as 2026-03-29 or 2026-03-29 18:00: " + stripped);
        }
    }
}
