package org.therapost.server.endtoend;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Mail whose every part has a word in it that can be looked for. */
public final class Letter {

    private static final String HEADER = """
        From: %1$s <%2$s>
        To: %3$s
        Date: Mon, 2 Mar 2026 10:00:00 +0100
        Message-ID: <%4$s@provider.example>
        Subject: %4$s
        MIME-Version: 1.0
        """;

    private final String word;
    private final String author;
    private final String recipient;

    /**
     * A letter.
     *
     * @param word that every journey of a test shares; it begins all that could betray the letter
     * @param recipient stands in {@code To:}
     */
    public Letter(String word, String author, String recipient) {
        this.word = word;
        this.author = author;
        this.recipient = recipient;
    }

    private String header(String subject) {
        return HEADER.formatted(word + " name", author, recipient, word + subject);
    }

    /** The words again and again, so that no line break of an encoding hides all of them. */
    private String words(String label, int times) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < times; i++) {
            words.append(word).append(label).append(i % 3 == 0 ? " und größer\n" : i % 3 == 1 ? ", " : " ");
        }
        return words.append('\n').toString();
    }

    /** Text in clear, 8 bit. */
    public byte[] plain(String label) {
        return octets(header(label) + "Content-Type: text/plain; charset=utf-8\n\n" + words(label, 9));
    }

    /** Text as Base64, the subject too. */
    public byte[] base64(String label) {
        String encoded = Base64.getEncoder().encodeToString((word + label).getBytes(StandardCharsets.UTF_8));
        return octets(header(label).replace("Subject: ", "Subject: =?utf-8?B?" + encoded + "?= ")
                + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
                + mimeEncoded(words(label, 40)));
    }

    /** Text as quoted-printable. */
    public byte[] quotedPrintable(String label) {
        String body = words(label, 9).replace("=", "=3D").replace("ö", "=C3=B6").replace("ß", "=C3=9F");
        return octets(header(label)
                + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n" + body);
    }

    /** A text and a file whose name and content are ours, of about so many octets. */
    public byte[] withAttachment(String label, int size) {
        int times = Math.max(40, size * 3 / 4 / (word.length() + label.length() + 6));
        return octets(header(label) + "Content-Type: multipart/mixed; boundary=\"" + word + "boundary\"\n\n--" + word
                + "boundary\nContent-Type: text/html; charset=utf-8\n\n<p>" + words(label, 3) + "</p>\n--" + word
                + "boundary\nContent-Type: application/pdf; name=\"" + word + "file.pdf\"\n"
                + "Content-Disposition: attachment; filename=\"" + word + "file.pdf\"\n"
                + "Content-Transfer-Encoding: base64\n\n" + mimeEncoded(words(label, times)) + "\n--" + word
                + "boundary--\n");
    }

    /** Multiparts inside one another. */
    public byte[] nested(String label, int depth) {
        StringBuilder mail = new StringBuilder(header(label));
        for (int i = 0; i < depth; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=\"")
                    .append(word)
                    .append(i)
                    .append("\"\n\n--");
            mail.append(word).append(i).append('\n');
        }
        return octets(mail.append("\n").append(words(label, 3)).toString());
    }

    /** A message that has passed so many servers. */
    public byte[] travelled(String label, int servers) {
        String received =
                "Received: from " + word + ".example by " + word + "2.example; Mon, 2 Mar 2026 10:00:00 +0100\n";
        return octets(received.repeat(servers) + header(label) + "\n" + words(label, 3));
    }

    private static String mimeEncoded(String text) {
        return Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] octets(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
