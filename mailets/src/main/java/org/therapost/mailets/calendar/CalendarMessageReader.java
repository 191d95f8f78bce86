package org.therapost.mailets.calendar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.CalendarMessage.Reason;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.mailets.calendar.text.CalendarComponent;
import org.therapost.mailets.calendar.text.CalendarProperty;
import org.therapost.mailets.calendar.text.MailtoUri;
import org.therapost.mailets.calendar.text.UnusableCalendarException;

/** What a calendar object says by its method (RFC 5546 section 3.2). */
final class CalendarMessageReader {

    /** Events of one object. */
    static final int EVENTS = 20;

    private final SeriesReader series;
    private final CalendarMailFacts facts;

    CalendarMessageReader(SeriesReader series, CalendarMailFacts facts) {
        this.series = series;
        this.facts = facts;
    }

    List<CalendarMessage> messages(String method, List<CalendarComponent> events) throws UnusableCalendarException {
        if (events.isEmpty()) {
            throw new UnusableCalendarException(Reason.UNSUPPORTED);
        }
        Map<String, List<CalendarComponent>> byUid = SeriesReader.byUid(events);
        if (byUid.size() > EVENTS || events.size() > SeriesReader.INSTANCES) {
            throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
        }
        List<CalendarMessage> messages = new ArrayList<>();
        switch (method.strip().toUpperCase(Locale.ROOT)) {
            case "REQUEST" -> messages.addAll(requests(events));
            case "REPLY" -> {
                for (CalendarComponent event : events) {
                    messages.add(reply(event));
                }
            }
            case "CANCEL" -> {
                for (CalendarComponent event : events) {
                    messages.add(cancel(event));
                }
            }
            case "COUNTER" -> {
                for (CalendarComponent event : events) {
                    messages.add(counter(event));
                }
            }
            default -> throw new UnusableCalendarException(Reason.UNSUPPORTED);
        }
        return messages;
    }

    /** Some programs cancel an event, or an instance that they send alone, by a REQUEST with that status. */
    private List<CalendarMessage> requests(List<CalendarComponent> events) throws UnusableCalendarException {
        Map<String, List<CalendarComponent>> wanted = new LinkedHashMap<>();
        List<CalendarMessage> messages = new ArrayList<>();
        for (Map.Entry<String, List<CalendarComponent>> group :
                SeriesReader.byUid(events).entrySet()) {
            boolean series = group.getValue().stream().anyMatch(CalendarMessageReader::isLasting);
            List<CalendarComponent> rest = new ArrayList<>();
            for (CalendarComponent event : group.getValue()) {
                // An instance that comes with its series is excluded from it.
                if (SeriesReader.cancelled(event) && !(series && isInstance(event))) {
                    messages.add(cancel(event));
                } else {
                    rest.add(event);
                }
            }
            if (!rest.isEmpty()) {
                wanted.put(group.getKey(), rest);
            }
        }
        if (!wanted.isEmpty()) {
            messages.add(0, request(wanted));
        }
        return messages;
    }

    private static boolean isInstance(CalendarComponent event) {
        return event.property("RECURRENCE-ID").isPresent();
    }

    private static boolean isLasting(CalendarComponent event) {
        return !isInstance(event) && !SeriesReader.cancelled(event);
    }

    private CalendarMessage request(Map<String, List<CalendarComponent>> byUid) throws UnusableCalendarException {
        List<Series> whole = new ArrayList<>();
        List<CalendarMessage.Single> singles = new ArrayList<>();
        Optional<EmailAddress> organizer = Optional.empty();
        for (Map.Entry<String, List<CalendarComponent>> group : byUid.entrySet()) {
            List<CalendarComponent> instances = new ArrayList<>(group.getValue());
            Optional<CalendarComponent> master = instances.stream()
                    .filter(event -> event.property("RECURRENCE-ID").isEmpty())
                    .findFirst();
            if (master.isPresent()) {
                instances.removeIf(event -> event.property("RECURRENCE-ID").isEmpty());
                whole.add(series.series(group.getKey(), master.get(), instances));
            } else {
                for (CalendarComponent instance : instances) {
                    singles.add(series.single(group.getKey(), instance));
                }
            }
            CalendarComponent speaker = master.orElse(group.getValue().get(0));
            organizer = organizer.isPresent() ? organizer : organizer(speaker);
        }
        return new CalendarMessage.Request(required(organizer), whole, singles);
    }

    private CalendarMessage reply(CalendarComponent event) throws UnusableCalendarException {
        CalendarProperty attendee = attendee(event).orElseThrow(() -> new UnusableCalendarException(Reason.BROKEN));
        Participation participation =
                switch (attendee.parameter("PARTSTAT").toUpperCase(Locale.ROOT)) {
                    case "ACCEPTED" -> Participation.ACCEPTED;
                    case "TENTATIVE" -> Participation.TENTATIVE;
                    case "DECLINED" -> Participation.DECLINED;
                    default -> throw new UnusableCalendarException(Reason.UNSUPPORTED);
                };
        return new CalendarMessage.Reply(
                series.key(uid(event), event), series.revision(event), attendeeAddress(event), participation);
    }

    private CalendarMessage cancel(CalendarComponent event) throws UnusableCalendarException {
        return new CalendarMessage.Cancel(
                required(organizer(event)), series.key(uid(event), event), series.revision(event));
    }

    private CalendarMessage counter(CalendarComponent event) throws UnusableCalendarException {
        EventTimes.Moment start = series.start(event);
        return new CalendarMessage.Counter(
                series.key(uid(event), event),
                series.revision(event),
                attendeeAddress(event),
                start.local(),
                start.zone());
    }

    private static String uid(CalendarComponent event) throws UnusableCalendarException {
        return event.value("UID").orElseThrow(() -> new UnusableCalendarException(Reason.BROKEN));
    }

    private Optional<EmailAddress> organizer(CalendarComponent event) {
        // Some programs leave it out; RFC 6047 section 2.3 has them send the mail themselves.
        return event.property("ORGANIZER")
                .flatMap(CalendarMessageReader::address)
                .or(facts::author);
    }

    private EmailAddress attendeeAddress(CalendarComponent event) throws UnusableCalendarException {
        return required(attendee(event).flatMap(CalendarMessageReader::address).or(facts::author));
    }

    /** The one who answers: the author of the mail if named, else the first. */
    private Optional<CalendarProperty> attendee(CalendarComponent event) {
        List<CalendarProperty> attendees = event.properties("ATTENDEE");
        return attendees.stream()
                .filter(one -> address(one)
                        .flatMap(address -> facts.author().filter(address::sameMailbox))
                        .isPresent())
                .findFirst()
                .or(() -> attendees.stream().findFirst());
    }

    private static EmailAddress required(Optional<EmailAddress> address) throws UnusableCalendarException {
        return address.orElseThrow(() -> new UnusableCalendarException(Reason.BROKEN));
    }

    /** A {@code CAL-ADDRESS}, or what programs put beside one. */
    static Optional<EmailAddress> address(CalendarProperty property) {
        return MailtoUri.read(property.value().strip())
                .or(() -> MailtoUri.read(property.parameter("EMAIL").strip()));
    }
}
