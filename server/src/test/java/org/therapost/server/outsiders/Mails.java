package org.therapost.server.outsiders;

/** What people write. */
final class Mails {

    private Mails() {}

    static String plain(String from, String text) {
        return "From: " + from + "\r\nSubject: Words for you\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text;
    }

    /** Over 1 MB, so that no program gets it in one piece. */
    static String large(String from) {
        return plain(from, "A page of my diary, again and again: gr\u00fcn, gr\u00fcner.\r\n".repeat(20_000));
    }

    /** A mail that its author's own program has encrypted (RFC 3156). */
    static String encrypted(String from, String armored) {
        return "From: " + from + "\r\nSubject: ...\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=\"b\"\r\n\r\n"
                + "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n"
                + "--b\r\nContent-Type: application/octet-stream\r\n\r\n"
                + armored.replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n--b--\r\n";
    }
}
