package org.therapost.mailets.calendar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sessions.CalendarMessage;
import org.therapost.domain.sessions.CalendarMessage.Reason;
import org.therapost.domain.sessions.Participation;
import org.therapost.domain.sessions.Series;

/** What a calendar object says by its method (RFC 5546 section 3.2). */
final class MessageReader {

    /** Events of one object. */
    static final int EVENTS = 20;

    private final SeriesReader series;
    private final MailFacts facts;

    MessageReader(SeriesReader series, MailFacts facts) {
        this.series = series;
        this.facts = facts;
    }

    List<CalendarMessage> messages(String method, List<Component> events) throws UnusableException {
        if (events.isEmpty()) {
            throw new UnusableException(Reason.UNSUPPORTED);
        }
        Map<String, List<Component>> byUid = SeriesReader.byUid(events);
        if (byUid.size() > EVENTS || events.size() > SeriesReader.INSTANCES) {
            throw new UnusableException(Reason.BEYOND_LIMITS);
        }
        List<CalendarMessage> messages = new ArrayList<>();
        switch (method.strip().toUpperCase(Locale.ROOT)) {
            case "REQUEST" -> messages.addAll(requests(events));
            case "REPLY" -> {
                for (Component event : events) {
                    messages.add(reply(event));
                }
            }
            case "CANCEL" -> {
                for (Component event : events) {
                    messages.add(cancel(event));
                }
            }
            case "COUNTER" -> {
                for (Component event : events) {
                    messages.add(counter(event));
                }
            }
            default -> throw new UnusableException(Reason.UNSUPPORTED);
        }
        return messages;
    }

    /** Some programs cancel an event, or an instance that they send alone, by a REQUEST with that status. */
    private List<CalendarMessage> requests(List<Component> events) throws UnusableException {
        Map<String, List<Component>> wanted = new LinkedHashMap<>();
        List<CalendarMessage> messages = new ArrayList<>();
        for (Map.Entry<String, List<Component>> group :
                SeriesReader.byUid(events).entrySet()) {
            boolean series = group.getValue().stream().anyMatch(MessageReader::isLasting);
            List<Component> rest = new ArrayList<>();
            for (Component event : group.getValue()) {
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

    private static boolean isInstance(Component event) {
        return event.property("RECURRENCE-ID").isPresent();
    }

    private static boolean isLasting(Component event) {
        return !isInstance(event) && !SeriesReader.cancelled(event);
    }

    private CalendarMessage request(Map<String, List<Component>> byUid) throws UnusableException {
        List<Series> whole = new ArrayList<>();
        List<CalendarMessage.Single> singles = new ArrayList<>();
        Optional<EmailAddress> organizer = Optional.empty();
        for (Map.Entry<String, List<Component>> group : byUid.entrySet()) {
            List<Component> instances = new ArrayList<>(group.getValue());
            Optional<Component> master = instances.stream()
                    .filter(event -> event.property("RECURRENCE-ID").isEmpty())
                    .findFirst();
            if (master.isPresent()) {
                instances.removeIf(event -> event.property("RECURRENCE-ID").isEmpty());
                whole.add(series.series(group.getKey(), master.get(), instances));
            } else {
                for (Component instance : instances) {
                    singles.add(series.single(group.getKey(), instance));
                }
            }
            Component speaker = master.orElse(group.getValue().get(0));
            organizer = organizer.isPresent() ? organizer : organizer(speaker);
        }
        return new CalendarMessage.Request(required(organizer), whole, singles);
    }

    private CalendarMessage reply(Component event) throws UnusableException {
        Property attendee = attendee(event).orElseThrow(() -> new UnusableException(Reason.BROKEN));
        Participation participation =
                switch (attendee.parameter("PARTSTAT").toUpperCase(Locale.ROOT)) {
                    case "ACCEPTED" -> Participation.ACCEPTED;
                    case "TENTATIVE" -> Participation.TENTATIVE;
                    case "DECLINED" -> Participation.DECLINED;
                    default -> throw new UnusableException(Reason.UNSUPPORTED);
                };
        return new CalendarMessage.Reply(
                series.key(uid(event), event), series.revision(event), attendeeAddress(event), participation);
    }

    private CalendarMessage cancel(Component event) throws UnusableException {
        return new CalendarMessage.Cancel(
                required(organizer(event)), series.key(uid(event), event), series.revision(event));
    }

    private CalendarMessage counter(Component event) throws UnusableException {
        EventTimes.Moment start = series.start(event);
        return new CalendarMessage.Counter(
                series.key(uid(event), event),
                series.revision(event),
                attendeeAddress(event),
                start.local(),
                start.zone());
    }

    private static String uid(Component event) throws UnusableException {
        return event.value("UID").orElseThrow(() -> new UnusableException(Reason.BROKEN));
    }

    private Optional<EmailAddress> organizer(Component event) {
        // Some programs leave it out; RFC 6047 section 2.3 has them send the mail themselves.
        return event.property("ORGANIZER").flatMap(MessageReader::address).or(facts::author);
    }

    private EmailAddress attendeeAddress(Component event) throws UnusableException {
        return required(attendee(event).flatMap(MessageReader::address).or(facts::author));
    }

    /** The one who answers: the author of the mail if named, else the first. */
    private Optional<Property> attendee(Component event) {
        List<Property> attendees = event.properties("ATTENDEE");
        return attendees.stream()
                .filter(one -> address(one)
                        .flatMap(address -> facts.author().filter(address::sameMailbox))
                        .isPresent())
                .findFirst()
                .or(() -> attendees.stream().findFirst());
    }

    private static EmailAddress required(Optional<EmailAddress> address) throws UnusableException {
        return address.orElseThrow(() -> new UnusableException(Reason.BROKEN));
    }

    /** A {@code CAL-ADDRESS}, or what programs put beside one. */
    static Optional<EmailAddress> address(Property property) {
        return Mailto.read(property.value().strip())
                .or(() -> Mailto.read(property.parameter("EMAIL").strip()));
    }
}
