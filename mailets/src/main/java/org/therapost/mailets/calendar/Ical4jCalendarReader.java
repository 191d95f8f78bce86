package org.therapost.mailets.calendar;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.CalendarMessage;
import org.therapost.domain.sessions.CalendarMessage.Reason;
import org.therapost.domain.sessions.CalendarReader;
import org.therapost.domain.sessions.CalendarShape;
import org.therapost.domain.sessions.Series;

/** Reads iMIP (RFC 6047) as programs really send it: {@code text/calendar}, {@code invite.ics}, {@code winmail.dat}. */
public final class Ical4jCalendarReader implements CalendarReader {

    @Override
    public Optional<CalendarMessage> read(MailContent mail, ZoneId floating) {
        return read(mail, floating, uid -> Optional.empty()).stream().findFirst();
    }

    @Override
    public List<CalendarMessage> read(MailContent mail, ZoneId floating, Function<String, Optional<Series>> known) {
        List<CalendarParts.Part> parts = CalendarParts.of(mail);
        if (parts.isEmpty()) {
            return List.of();
        }
        MailFacts facts = MailFacts.of(mail);
        List<CalendarMessage> first = List.of();
        for (CalendarParts.Part part : parts) {
            List<CalendarMessage> read = read(part, facts, floating, known);
            if (usable(read)) {
                return read;
            }
            if (first.isEmpty()) {
                first = read;
            }
        }
        return first;
    }

    @Override
    public CalendarShape shape(MailContent mail) {
        return ShapeReader.read(mail);
    }

    private static boolean usable(List<CalendarMessage> messages) {
        return !messages.isEmpty() && messages.stream().noneMatch(CalendarMessage.Unusable.class::isInstance);
    }

    private static List<CalendarMessage> read(
            CalendarParts.Part part, MailFacts facts, ZoneId floating, Function<String, Optional<Series>> known) {
        try {
            return part.kind() == CalendarParts.Kind.TNEF
                    ? tnef(part, facts, floating, known)
                    : calendar(part, facts, floating, known);
        } catch (UnusableException unusable) {
            return List.of(unusable.message());
        }
    }

    private static List<CalendarMessage> calendar(
            CalendarParts.Part part, MailFacts facts, ZoneId floating, Function<String, Optional<Series>> known)
            throws UnusableException {
        List<CalendarMessage> messages = new ArrayList<>();
        for (Component calendar : ComponentTree.calendars(part.octets(), part.charset())) {
            SeriesReader series = new SeriesReader(new Zones(calendar, floating), facts.sent(), known);
            String method = calendar.value("METHOD").orElse(part.method());
            messages.addAll(new MessageReader(series, facts).messages(method, calendar.components("VEVENT")));
        }
        if (messages.isEmpty()) {
            throw new UnusableException(Reason.BROKEN);
        }
        return messages;
    }

    private static List<CalendarMessage> tnef(
            CalendarParts.Part part, MailFacts facts, ZoneId floating, Function<String, Optional<Series>> known)
            throws UnusableException {
        if (part.octets().length > CalendarParts.SIZE) {
            throw new UnusableException(Reason.BEYOND_LIMITS);
        }
        List<CalendarMessage> messages = new ArrayList<>();
        for (byte[] file : TnefFile.calendars(part.octets())) {
            messages.addAll(calendar(
                    new CalendarParts.Part(CalendarParts.Kind.FILE, file, StandardCharsets.UTF_8, "", part.setting()),
                    facts,
                    floating,
                    known));
        }
        return messages;
    }
}
