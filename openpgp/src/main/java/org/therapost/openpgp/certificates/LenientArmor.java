package org.therapost.openpgp.certificates;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What people bring as a certificate: ASCII armor (RFC 9580 section 6.2) that went through mail programs, editors and web
 * pages, with a byte order mark, other line ends, text before and after, quote marks, trailing spaces; several armors in
 * one file; or the packets themselves.
 */
final class LenientArmor {

    private static final String DASHES = "-----";
    private static final String BEGIN = DASHES + "BEGIN PGP ";
    private static final String END = DASHES + "END PGP ";
    private static final String KEY = "PUBLIC KEY BLOCK";
    private static final int LONGEST_KIND = 40;
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{16,}={0,2}");
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private LenientArmor() {}

    /**
     * The packets of all keys in it, each armor once; what is no armor is handed on as it is.
     *
     * @throws UnusableCertificateException if a secret key is among them, or an armor is cut off or damaged; the text says so
     */
    static byte[] normalized(byte[] brought) throws UnusableCertificateException {
        if (brought.length > 0 && (brought[0] & 0x80) != 0 && charset(brought) == null) {
            return brought;
        }
        String text = text(brought);
        Set<String> bodies = bodies(text);
        if (bodies.isEmpty()) {
            return without(text, brought);
        }
        ByteArrayOutputStream packets = new ByteArrayOutputStream();
        for (String body : bodies) {
            packets.writeBytes(decoded(body));
        }
        return packets.toByteArray();
    }

    private static Set<String> bodies(String text) throws UnusableCertificateException {
        Set<String> bodies = new LinkedHashSet<>();
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int name = begin + BEGIN.length();
            int body = text.indexOf(DASHES, name);
            String kind = body < 0 ? "" : text.substring(name, Math.min(body, name + LONGEST_KIND));
            if (kind.startsWith("PRIVATE KEY BLOCK")) {
                throw new UnusableCertificateException("it holds a secret key, which nobody but its owner should have:"
                        + " it was not kept; bring the public half (gpg --export --armor)");
            }
            int end = name;
            if (kind.equals(KEY)) {
                end = text.indexOf(END + KEY + DASHES, body);
                if (end < 0) {
                    throw new UnusableCertificateException(
                            "it is cut off: its last line (" + END + KEY + DASHES + ") is missing");
                }
                bodies.add(body(text.substring(body + DASHES.length(), end)));
            }
            begin = text.indexOf(BEGIN, end);
        }
        return bodies;
    }

    /** Without armor: Base64 alone, as Autocrypt and DNS have it; else what nobody can read is handed on. */
    private static byte[] without(String text, byte[] brought) throws UnusableCertificateException {
        String joined = text.replaceAll("\\s", "");
        return BASE64.matcher(joined).matches() ? decoded(joined) : brought;
    }

    private static String text(byte[] brought) {
        Charset charset = charset(brought);
        String text = new String(brought, charset == null ? StandardCharsets.UTF_8 : charset);
        return text.replace("\uFEFF", "")
                .replace('\u00A0', ' ')
                .replace("\u200B", "")
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                // Quoted in a mail, or dash-escaped in a signed text (RFC 9580 section 7.2).
                .replaceAll("(?m)^[>\\s&&[^\\n]]+", "")
                .replaceAll("(?m)^- (?=-----)", "")
                .replaceAll("(?m)[ \\t]+$", "");
    }

    private static @Nullable Charset charset(byte[] brought) {
        if (brought.length >= 3 && Arrays.equals(Arrays.copyOf(brought, 3), UTF_8_MARK)) {
            return StandardCharsets.UTF_8;
        }
        if (brought.length >= 2 && (brought[0] & 0xFF) + (brought[1] & 0xFF) == 0xFF + 0xFE) {
            return StandardCharsets.UTF_16;
        }
        return null;
    }

    /** Without armor headers ({@code Version: ...}) and checksum, of which RFC 9580 section 6.1 asks nobody to make use. */
    private static String body(String inside) {
        StringBuilder body = new StringBuilder();
        for (String line : inside.split("\n", -1)) {
            if (!line.contains(":") && !line.startsWith("=")) {
                body.append(line.strip());
            }
        }
        return body.toString();
    }

    private static byte[] decoded(String body) throws UnusableCertificateException {
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException damaged) {
            throw new UnusableCertificateException(
                    "it is damaged: its text was changed on the way; ask for it as an attached file", damaged);
        }
    }
}
