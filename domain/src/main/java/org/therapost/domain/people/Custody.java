package org.therapost.domain.people;

/** Who holds the secret half of a therapist's key. */
public enum Custody {
    /** It rests on the server, locked by the login password, and is open in memory only while a session lasts. */
    LOGIN,
    /** The server has only the certificate; the therapist's own mail program opens what IMAP serves. */
    OWN
}
