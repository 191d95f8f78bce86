package org.therapost.protocols.smtp.handlers;

import java.util.stream.Collectors;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.pipeline.FilterRefusedException;

/** The one table from what the domain says to what SMTP says. */
public final class SmtpReplies {

    /** A message is committed: it is ours now. */
    public static final SmtpReply ACCEPTED = new SmtpReply(250, "2.0.0", "Accepted");

    /** The peer may send the message. */
    public static final SmtpReply DATA_READY = new SmtpReply(354, "2.0.0", "End data with <CR><LF>.<CR><LF>");

    /** RFC 5321 section 4.1.4: commands have an order. */
    public static final SmtpReply NEED_MAIL = new SmtpReply(503, "5.5.1", "Need MAIL first");

    /** RFC 5321 section 3.3. */
    public static final SmtpReply NEED_RCPT = new SmtpReply(554, "5.5.1", "No valid recipients");

    /** RFC 5321 section 4.1.1.4. */
    public static final SmtpReply NO_ARGUMENT = new SmtpReply(501, "5.5.4", "DATA takes no argument");

    /** No answer could be had from DNS or the database: the peer will try again. */
    public static final SmtpReply CANNOT_TELL =
            new SmtpReply(451, "4.3.0", "Temporarily unable to process this, please try again later");

    /** There is no room in memory for the message now (RFC 3463 section 3.4): the peer will try again. */
    public static final SmtpReply NO_ROOM =
            new SmtpReply(452, "4.3.1", "Too many large messages at the moment, please try again later");

    /** More recipients than one transaction may have (RFC 5321 section 4.5.3.1.8). */
    public static final SmtpReply TOO_MANY_RECIPIENTS = new SmtpReply(452, "4.5.3", "Too many recipients");

    /** RFC 5321 section 4.1.1.11: a parameter that nobody offered. */
    public static final SmtpReply UNKNOWN_PARAMETER =
            new SmtpReply(555, "5.5.4", "MAIL or RCPT parameter not recognized");

    /** RFC 6531 section 3.5: an address beyond ASCII in a transaction that was not begun with SMTPUTF8. */
    static final SmtpReply NEEDS_SMTPUTF8 =
            new SmtpReply(553, "5.6.7", "An address beyond ASCII needs the parameter SMTPUTF8");

    /** A bare CR or LF: a way to smuggle messages. */
    public static final SmtpReply BARE_LINE_END = new SmtpReply(550, "5.6.0", "Lines must end with CRLF only");

    /** RFC 4954 section 6. */
    public static final SmtpReply AUTHENTICATION_REQUIRED = new SmtpReply(530, "5.7.0", "Authentication required");

    /** RFC 3207 section 4. */
    public static final SmtpReply TLS_REQUIRED = new SmtpReply(530, "5.7.0", "Must issue a STARTTLS command first");

    /** RFC 4954 section 6. */
    public static final SmtpReply TLS_REQUIRED_FOR_AUTHENTICATION =
            new SmtpReply(538, "5.7.11", "Encryption required for authentication");

    /** RFC 4954 section 6. */
    public static final SmtpReply WRONG_PASSWORD = new SmtpReply(535, "5.7.8", "Authentication credentials invalid");

    /** RFC 4954 section 6. */
    public static final SmtpReply AUTHENTICATION_UNAVAILABLE =
            new SmtpReply(454, "4.7.0", "Temporary authentication failure");

    /** RFC 4954 section 4: success. */
    static final SmtpReply AUTHENTICATED = new SmtpReply(235, "2.7.0", "Authentication successful");

    /** RFC 5321 section 3.8: the server closes the channel. */
    public static final SmtpReply TOO_MANY_ERRORS = new SmtpReply(421, "4.7.0", "Too many errors, closing connection");

    /** A recipient of this transaction was refused: nothing of it leaves. */
    public static final SmtpReply SPOILED = new SmtpReply(
            554, "5.7.1", "Nothing was sent: this message was also addressed to somebody who is not its one client");

    private static final int NAMED = 4;
    private static final int LONGEST_NAMED = 80;

    private SmtpReplies() {}

    /** Whether a reply is a no that counts against the peer; a list that is too long does not. */
    public static boolean isRefusal(String code) {
        return (code.startsWith("4") || code.startsWith("5"))
                && !code.equals(String.valueOf(TOO_MANY_RECIPIENTS.code()));
    }

    /** The reply that a refusal becomes, with the addresses that it names. */
    public static SmtpReply of(RefusedException refused) {
        if (refused instanceof FilterRefusedException filter) {
            return new SmtpReply(
                    filter.reply().code(),
                    filter.reply().status(),
                    filter.reply().text());
        }
        SmtpReply reply = of(refused.refusal());
        if (refused.threads().isEmpty()) {
            return reply;
        }
        // RFC 5321 section 4.5.3.1.5: a reply line has 512 octets at most.
        String threads = refused.threads().stream()
                .limit(NAMED)
                .map(EmailAddress::value)
                .filter(address -> address.length() <= LONGEST_NAMED)
                .collect(Collectors.joining(", "));
        return new SmtpReply(reply.code(), reply.status(), reply.text() + ": " + threads);
    }

    /** The reply that a refusal becomes. */
    public static SmtpReply of(Refusal refusal) {
        return switch (refusal) {
            case BY_FILTER -> new SmtpReply(550, "5.7.1", "Not accepted");
            case UNKNOWN_RECIPIENT -> new SmtpReply(550, "5.1.1", "No such mailbox here");
            case NOT_AUTHENTIC, INVITATION_NOT_AUTHENTIC ->
                new SmtpReply(
                        550, "5.7.1", "Not accepted: please write from the mailbox that is known to the recipient");
            case NOT_PROVED ->
                // RFC 7372 section 3.3
                new SmtpReply(
                        550,
                        "5.7.26",
                        "Not accepted: your mail provider does not prove that this message was sent by you to this"
                                + " address. Please send it straight from your own mailbox, not through a list or"
                                + " forwarding, with this address in To, and ask your provider to publish SPF and to sign"
                                + " From, To, Subject and Date (DKIM)");
            case REPEATED_FIELD ->
                new SmtpReply(
                        550,
                        "5.6.0",
                        "Not accepted: a header field such as From, To, Subject or Date stands there twice, and may"
                                + " only once (RFC 5322 section 3.6)");
            case TOO_LARGE -> new SmtpReply(552, "5.3.4", "Message too large");
            case MALFORMED -> new SmtpReply(554, "5.6.0", "Message too complex or malformed");
            case ENCRYPTED_TO_THREAD ->
                // RFC 3463 section 3.8: X.7.5, cryptographic failure
                new SmtpReply(
                        554,
                        "5.7.5",
                        "Not accepted: messages that are encrypted with the key of this address cannot be shown to"
                                + " their reader yet. Please send it again without OpenPGP encryption");
            case LOOPING -> new SmtpReply(554, "5.4.6", "Message is looping: too many Received fields");
            case NOT_SELF -> new SmtpReply(553, "5.7.1", "You can write only from the address of your own account");
            case NOT_A_THREAD ->
                new SmtpReply(
                        550, "5.7.1", "You can write only to the address of one of your clients, or to the office");
            case SEVERAL_THREADS ->
                new SmtpReply(550, "5.7.1", "A message can go to one client only: please write to each of them alone");
            case SEVERAL_THREADS_OF_MAILBOX ->
                new SmtpReply(
                        550, "5.7.1", "This mailbox belongs to several threads: please write to the one that you mean");
            case OUTSIDE_BESIDE ->
                new SmtpReply(
                        550,
                        "5.7.1",
                        "Nothing was sent: a message to a client can name nobody else, and this address is no"
                                + " client's");
            case OFFICE_BESIDE ->
                new SmtpReply(
                        550,
                        "5.7.1",
                        "Nothing was sent: please write to the office and to a client in separate messages");
            case UNREACHABLE_CLIENT ->
                // RFC 3463 section 3.2: X.1.3, the address of the destination cannot be read
                new SmtpReply(
                        550,
                        "5.1.3",
                        "Nothing was sent: mail cannot reach this client, whose mailbox was entered in a form that no"
                                + " mail system takes. Please ask your client for another address and give it to those who"
                                + " run this mail system");
            case ANSWERS_A_NOTE ->
                new SmtpReply(
                        550,
                        "5.7.1",
                        "Nothing was sent: this answers a note that is for you alone. Reply to the note to order"
                                + " something, or write a new message to your client");
            case ANSWERS_ANOTHER_THREAD ->
                new SmtpReply(
                        550,
                        "5.7.1",
                        "Nothing was sent: this answers a message of another client than the one to whom it goes, and"
                                + " may quote it. Please write a new message to the one, or answer the other at");
        };
    }
}
