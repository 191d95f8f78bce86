package org.therapost.server.outsiders.openpgp;

/** What a person cuts out of a PGP/MIME mail when the mail program cannot. */
public final class PgpMime {

    private static final String BEGIN = "-----BEGIN PGP MESSAGE-----";
    private static final String END = "-----END PGP MESSAGE-----";

    private PgpMime() {}

    public static String armorOf(String mail) {
        return mail.substring(mail.indexOf(BEGIN), mail.indexOf(END) + END.length()) + "\r\n";
    }
}
