package org.therapost.mailets.calendar;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.CalendarMessage.Reason;
import org.therapost.domain.sessions.calendar.CalendarReader;
import org.therapost.domain.sessions.calendar.CalendarShape;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.mailets.calendar.text.CalendarComponent;
import org.therapost.mailets.calendar.text.ComponentTree;
import org.therapost.mailets.calendar.text.UnusableCalendarException;
import org.therapost.mailets.calendar.zones.CalendarZones;

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
        CalendarMailFacts facts = CalendarMailFacts.of(mail);
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
        return CalendarShapeReader.read(mail);
    }

    private static boolean usable(List<CalendarMessage> messages) {
        return !messages.isEmpty() && messages.stream().noneMatch(CalendarMessage.Unusable.class::isInstance);
    }

    private static List<CalendarMessage> read(
            CalendarParts.Part part,
            CalendarMailFacts facts,
            ZoneId floating,
            Function<String, Optional<Series>> known) {
        try {
            return part.kind() == CalendarParts.Kind.TNEF
                    ? tnef(part, facts, floating, known)
                    : calendar(part, facts, floating, known);
        } catch (UnusableCalendarException unusable) {
            return List.of(unusable.message());
        }
    }

    private static List<CalendarMessage> calendar(
            CalendarParts.Part part, CalendarMailFacts facts, ZoneId floating, Function<String, Optional<Series>> known)
            throws UnusableCalendarException {
        List<CalendarMessage> messages = new ArrayList<>();
        for (CalendarComponent calendar : ComponentTree.calendars(part.octets(), part.charset())) {
            SeriesReader series = new SeriesReader(new CalendarZones(calendar, floating), facts.sent(), known);
            String method = calendar.value("METHOD").orElse(part.method());
            messages.addAll(new CalendarMessageReader(series, facts).messages(method, calendar.components("VEVENT")));
        }
        if (messages.isEmpty()) {
            throw new UnusableCalendarException(Reason.BROKEN);
        }
        return messages;
    }

    private static List<CalendarMessage> tnef(
            CalendarParts.Part part, CalendarMailFacts facts, ZoneId floating, Function<String, Optional<Series>> known)
            throws UnusableCalendarException {
        if (part.octets().length > CalendarParts.SIZE) {
            throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
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
