package org.therapost.mailets.calendar.zones;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.calendar.WallClocks;
import org.therapost.mailets.calendar.text.CalendarComponent;
import org.therapost.mailets.calendar.text.ComponentTree;
import org.therapost.mailets.calendar.text.UnusableCalendarException;

/** Zones of calendars as they are stored: a name, and the text of a {@code VTIMEZONE} where that is what defines them. */
public final class IcalWallClocks implements WallClocks {

    @Override
    public WallClock of(String name, Optional<String> definition) {
        if (definition.isEmpty()) {
            try {
                return WallClock.of(ZoneId.of(name));
            } catch (DateTimeException unknown) {
                throw new IllegalArgumentException("no such zone", unknown);
            }
        }
        String calendar = "BEGIN:VCALENDAR\r\n" + definition.get() + "\r\nEND:VCALENDAR\r\n";
        try {
            List<CalendarComponent> zones =
                    ComponentTree.calendars(calendar.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).stream()
                            .flatMap(one -> one.components("VTIMEZONE").stream())
                            .toList();
            if (zones.size() != 1) {
                throw new IllegalArgumentException("not the definition of one zone");
            }
            return new WallClock(name, definition, ZoneDefinition.rules(zones.get(0)));
        } catch (UnusableCalendarException broken) {
            throw new IllegalArgumentException("not the definition of a zone", broken);
        }
    }
}
