package org.therapost.mailets.calendar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.therapost.domain.sessions.calendar.CalendarMessage.Reason;
import org.therapost.mailets.calendar.text.UnusableCalendarException;

/**
 * A {@code winmail.dat} ([MS-OXTNEF] section 2.1.3): a list of attributes, each with its length. Only the files in it are
 * looked at. Nothing is unpacked, so nothing grows; lengths are compared with what is there.
 */
final class TnefFile {

    private static final int SIGNATURE = 0x223E9F78;
    private static final int ATTACH_REND_DATA = 0x00069002;
    private static final int ATTACH_TITLE = 0x00018010;
    private static final int ATTACH_DATA = 0x0006800F;
    private static final int FILES = 50;
    private static final byte[] CALENDAR = "BEGIN:VCALENDAR".getBytes(StandardCharsets.US_ASCII);

    // PidTagMessageClass of meetings ([MS-OXOCAL] section 2.2.5, [MS-OXTNEF] section 2.1.3.4), in ASCII or UTF-16.
    private static final Pattern MEETING = Pattern.compile("IPM\\.(Schedule|Microsoft Schedule|Appointment)");

    private TnefFile() {}

    /** Whether it is a meeting of Outlook's, whatever can be read of it; else it is the form of a letter. */
    static boolean isMeeting(byte[] octets) {
        return MEETING.matcher(new String(octets, StandardCharsets.ISO_8859_1).replace("\0", ""))
                .find();
    }

    /**
     * The calendar files in it: by name or by how they begin.
     *
     * @throws UnusableCalendarException {@link Reason#TNEF} if there is none, or it is broken before one is found
     */
    static List<byte[]> calendars(byte[] octets) throws UnusableCalendarException {
        ByteBuffer rest = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        if (rest.remaining() < 6 || rest.getInt() != SIGNATURE) {
            throw new UnusableCalendarException(Reason.TNEF);
        }
        rest.getShort();
        List<byte[]> found = new ArrayList<>();
        String title = "";
        // Level, identifier, length; then the data and a checksum of two octets.
        while (rest.remaining() >= 9 && found.size() < FILES) {
            rest.get();
            int attribute = rest.getInt();
            int length = rest.getInt();
            if (length < 0 || length > rest.remaining() - 2) {
                break;
            }
            byte[] data = new byte[length];
            rest.get(data).getShort();
            if (attribute == ATTACH_REND_DATA) {
                title = "";
            } else if (attribute == ATTACH_TITLE) {
                title = new String(data, StandardCharsets.ISO_8859_1)
                        .replace("\0", "")
                        .strip()
                        .toLowerCase(Locale.ROOT);
            } else if (attribute == ATTACH_DATA && (title.endsWith(".ics") || beginsAsCalendar(data))) {
                found.add(data);
            }
        }
        if (found.isEmpty()) {
            throw new UnusableCalendarException(Reason.TNEF);
        }
        return found;
    }

    private static boolean beginsAsCalendar(byte[] data) {
        return data.length > CALENDAR.length && Arrays.equals(data, 0, CALENDAR.length, CALENDAR, 0, CALENDAR.length);
    }
}
