package org.therapost.openpgp.certificates;

/** What somebody brings is no certificate that can be used; the text tells that person why. It leaves this package as a text. */
final class UnusableCertificateException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableCertificateException(String why) {
        super(why);
    }

    UnusableCertificateException(String why, Throwable cause) {
        super(why, cause);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
