package org.therapost.mailets.mime;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.therapost.domain.conversation.Notice;

/**
 * What a notice says.
 *
 * @param body lines end with CRLF
 */
record NoticeText(String subject, String body) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy 'at' HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static NoticeText of(Notice notice) {
        String address = notice.thread().address().value();
        if (notice instanceof Notice.Waiting waiting) {
            return waiting(address, waiting.writtenAt());
        }
        if (notice instanceof Notice.Delayed delayed) {
            return delayed(address, delayed.nextTry());
        }
        return undeliverable(address, ((Notice.Undeliverable) notice).status());
    }

    private static NoticeText waiting(String address, Instant writtenAt) {
        return text("Your message to " + address + " is waiting", """
                Your message to %s
                of %s
                is filed, but has not been sent yet. There is no protected way to this
                person so far, and it is never sent without one.

                It leaves by itself as soon as one of these is on file; please ask those
                who run this mail system:

                  client key add    the person's OpenPGP certificate, or
                  client consent    the person's recorded consent to carriage over TLS
                """.formatted(address, TIME.format(writtenAt)));
    }

    private static NoticeText delayed(String address, Instant nextTry) {
        return text("Your message to " + address + " is delayed", """
                Your message to %s
                has not been taken by the other side's mail server yet.

                You need not do anything: it is tried again, next on
                %s, and for five days in all.
                """.formatted(address, TIME.format(nextTry)));
    }

    private static NoticeText undeliverable(String address, String status) {
        return text("Your message to " + address + " could not be delivered", """
                Your message to %s
                could not be delivered and is not tried again (status %s).
                It is still filed in your folder.

                Please reach the person another way and ask whether the mailbox still
                exists. Those who run this mail system can tell more from the status.
                """.formatted(address, status));
    }

    private static NoticeText text(String subject, String body) {
        return new NoticeText(subject, body.replace("\n", "\r\n"));
    }
}
