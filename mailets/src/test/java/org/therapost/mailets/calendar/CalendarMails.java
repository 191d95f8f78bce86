package org.therapost.mailets.calendar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.therapost.domain.sealing.MailContent;

/** Mails with a calendar part, in the shapes of real programs; fixtures are named by their quirk. */
final class CalendarMails {

    private CalendarMails() {}

    static byte[] fixture(String name) {
        try (InputStream file =
                Objects.requireNonNull(CalendarMails.class.getResourceAsStream(name + ".ics"), "no such fixture")) {
            return file.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** As Google and Outlook send it. */
    static MailContent mail(String fixture) {
        return mail("text/calendar; charset=utf-8", fixture(fixture));
    }

    static MailContent text(String calendar) {
        return mail("text/calendar; charset=utf-8", calendar.getBytes(StandardCharsets.UTF_8));
    }

    /** A multipart with a text and one part of that type, in base64. */
    static MailContent mail(String type, byte[] octets) {
        return raw(String.join(
                "\r\n",
                "From: Alice <alice@mail.example>",
                "To: k7m2qx@practice.example",
                "Subject: an invitation",
                "Date: Sun, 01 Mar 2026 10:00:00 +0000",
                "MIME-Version: 1.0",
                "Content-Type: multipart/mixed; boundary=outer",
                "",
                "--outer",
                "Content-Type: multipart/alternative; boundary=inner",
                "",
                "--inner",
                "Content-Type: text/plain",
                "",
                "You are invited.",
                "--inner",
                "Content-Type: " + type,
                "Content-Transfer-Encoding: base64",
                "",
                Base64.getMimeEncoder().encodeToString(octets),
                "--inner--",
                "--outer--",
                ""));
    }

    static MailContent raw(String mail) {
        return MailContent.of(mail.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A {@code winmail.dat} with one file in it. */
    static byte[] tnef(String title, byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x78, (byte) 0x9F, 0x3E, 0x22, 1, 0});
        attribute(out, 1, 0x00089006, new byte[] {0, 0, 1, 0});
        attribute(out, 2, 0x00069002, new byte[14]);
        attribute(out, 2, 0x00018010, (title + "\0").getBytes(StandardCharsets.US_ASCII));
        attribute(out, 2, 0x0006800F, file);
        return out.toByteArray();
    }

    private static void attribute(ByteArrayOutputStream out, int level, int id, byte[] data) {
        out.write(level);
        for (int number : new int[] {id, data.length}) {
            out.writeBytes(
                    new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16), (byte) (number >> 24)});
        }
        int sum = 0;
        for (byte one : data) {
            sum += one & 0xFF;
        }
        out.writeBytes(data);
        out.write(sum);
        out.write(sum >> 8);
    }
}
