package org.therapost.domain.sealing;

/**
 * Everything that the server seals, or names by a pseudonym, with its own key. What was sealed for one purpose opens for no
 * other; a pseudonym of one purpose equals none of another.
 */
public enum SealingPurpose {

    /** The envelope sender of a parcel, under which a report about it is found. */
    BOUNCE_ADDRESS("bounce.address"),

    /** The {@code Message-ID} of a parcel, under which a report about it is found. */
    BOUNCE_MESSAGE_ID("bounce.message-id"),

    /** The unguessable part of a parcel's envelope sender. */
    BOUNCE_TOKEN("bounce.token"),

    /** A client's mailbox. */
    CLIENT_ADDRESS("client.address"),

    /** A client's OpenPGP certificate, which names its owner. */
    CLIENT_CERTIFICATE("client.certificate"),

    /** A client's name, as the therapist knows it. */
    CLIENT_NAME("client.name"),

    /** How many words an exchange of letters has. */
    CYCLE_WORDS("cycle.words"),

    /** The UID under which a client's calendar knows a therapist's event. */
    EVENT_UID("event.uid"),

    /** An annotation of a folder (RFC 5464). */
    FOLDER_ANNOTATION("annotation.value"),

    /** A folder's name, which can be a client's. */
    FOLDER_NAME("mailbox.name"),

    /** The name of a subscribed folder. */
    FOLDER_SUBSCRIPTION("subscription.name"),

    /** The {@code Message-ID} of an invitation to a client. */
    INVITATION_ID("invitation.id"),

    /** A login name in the audit log. */
    LOGIN_AUDIT("audit.login"),

    /** The mail exchangers that are pinned for a thread, which tell the client's provider. */
    MAIL_EXCHANGERS("mail.exchangers"),

    /** What a client's domain publishes about its mail exchangers. */
    MTA_STS_POLICY("mta-sts.policy"),

    /** The outer header that IMAP serves for a message that stays encrypted. */
    MESSAGE_ENVELOPE("message.envelope"),

    /** A {@code Message-ID} as the other side sees it. */
    MESSAGE_ID("message.id"),

    /** A {@code Message-ID} that stands in the record. */
    MESSAGE_ID_KNOWN("message-id.known"),

    /** An IMAP keyword, which therapists make up. */
    MESSAGE_KEYWORD("message.keyword"),

    /** The content of a mail, by which a second delivery is noticed. */
    MESSAGE_REPEATED_CONTENT("message.repeated.content"),

    /** The name of a message, by which a second delivery is noticed. */
    MESSAGE_REPEATED_NAME("message.repeated.name"),

    /** The thread or the therapist in the {@code Message-ID} of a note. */
    NOTE_ID("note.id"),

    /** The matter in the {@code Message-ID} of a note. */
    NOTE_MATTER("note.matter"),

    /** The {@code Message-ID} of a notice to a client. */
    NOTICE_ID("notice.id"),

    /** Mail to the operators. */
    OPERATOR_MAIL("operator.mail"),

    /** A further address of a therapist. */
    OWN_ADDRESS("own.address"),

    /** The private key with which a practice signs (RFC 6376). */
    PRACTICE_DKIM_KEY("practice.dkim"),

    /** The content of a parcel in the queue. */
    QUEUE_CONTENT("queue.content"),

    /** The envelope of a parcel in the queue. */
    QUEUE_ENVELOPE("queue.envelope"),

    /** The content of a mail in a mail repository. */
    REPOSITORY_CONTENT("repository.content"),

    /** The envelope of a mail in a mail repository. */
    REPOSITORY_ENVELOPE("repository.envelope"),

    /** The target of a recipient rewriting. */
    REWRITE_MAPPING("rewrite.mapping"),

    /** The source of a recipient rewriting. */
    REWRITE_SOURCE("rewrite.source"),

    /** What therapist and client do when mail fails during a session. */
    SESSION_BACK_UP_PLAN("session.back-up-plan"),

    /** The crisis information that a client chose. */
    SESSION_CRISIS_TEXT("session.crisis"),

    /** The UID of a therapist's event. */
    SESSION_UID("session.uid"),

    /** The word that releases a mail at once. */
    SESSION_URGENT_WORD("session.urgent-word"),

    /** How many words were written in a session. */
    SESSION_WORDS("session.words"),

    /** The definition of a time zone that came with an invitation. */
    SESSION_ZONE("session.zone"),

    /** The value by which the database recognizes its key. */
    SERVER_KEY_CHECK("spool.key.check"),

    /** The secret half of a thread's signing subkey. */
    THREAD_SIGNING_SUBKEY("thread.signing-subkey");

    private final String label;

    SealingPurpose(String label) {
        this.label = label;
    }

    /** What stands beside the ciphertext as associated data. It never changes: with another one, nothing stored would open. */
    String label() {
        return label;
    }
}
