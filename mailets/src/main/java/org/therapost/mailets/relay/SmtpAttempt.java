package org.therapost.mailets.relay;

import com.sun.mail.smtp.SMTPAddressFailedException;
import com.sun.mail.smtp.SMTPSendFailedException;
import com.sun.mail.smtp.SMTPSenderFailedException;
import com.sun.mail.smtp.SMTPTransport;
import com.sun.mail.util.SocketConnectException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.Address;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.URLName;
import javax.mail.internet.AddressException;
import javax.mail.internet.InternetAddress;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.carriage.Relay;
import org.therapost.domain.carriage.Relay.Attempt;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;

/** One connection to one host, and one parcel over it. */
final class SmtpAttempt {

    private static final Pattern REPLY =
            Pattern.compile("^([245]\\d\\d)(?:[ -]|$)(?:([245]\\.\\d{1,3}\\.\\d{1,3})\\b)?");
    private static final String CLOSING = "421";
    private static final String NULL_SENDER = "<>";
    private static final String NO_ANSWER = "4.4.1";
    private static final String BAD_CONNECTION = "4.4.2";
    private static final String NO_VERIFIED_TLS = "4.7.5";
    // RFC 6531 section 4.2: the exchanger takes no address beyond ASCII.
    private static final String NO_SMTPUTF8 = "5.6.7";

    private final RelayParameters parameters;
    private final Parcel parcel;
    private final Relay.LastLook lastLook;
    private final AttemptDeadline attemptDeadline;
    private boolean lost;
    private boolean turnedAway;
    private boolean tlsIsBroken;

    SmtpAttempt(RelayParameters parameters, Parcel parcel, Relay.LastLook lastLook, AttemptDeadline attemptDeadline) {
        this.parameters = parameters;
        this.parcel = parcel;
        this.lastLook = lastLook;
        this.attemptDeadline = attemptDeadline;
    }

    /** Whether there is no time for another host. */
    boolean late() {
        return attemptDeadline.passed();
    }

    /** Whether the parcel is another attempt's by now, or nobody can tell: then no other host may be tried. */
    boolean lost() {
        return lost;
    }

    /** Whether the last host wants no mail from us at all, or none for such a recipient: another exchanger may take it. */
    boolean turnedAway() {
        return turnedAway;
    }

    /**
     * Tries.
     *
     * @param host an address that knows the name by which its certificate is verified
     */
    Attempt deliver(InetAddress host, int port) {
        Attempt attempt = deliver(host, port, true);
        // RFC 7435: what is encrypted by itself may go without TLS, and goes so to a host on which TLS is broken.
        return tlsIsBroken && !late() ? deliver(host, port, false) : attempt;
    }

    private Attempt deliver(InetAddress host, int port, boolean withTls) {
        turnedAway = false;
        tlsIsBroken = false;
        try (Socket connection = new Socket()) {
            attemptDeadline.on(connection);
            connection.connect(new InetSocketAddress(host, port), (int)
                    parameters.patience().connecting().toMillis());
            connection.setSoTimeout((int) parameters.patience().answering().toMillis());
            return converse(connection, withTls);
        } catch (IOException unreachable) {
            return new Attempt.Deferred(NO_ANSWER);
        } finally {
            attemptDeadline.off();
        }
    }

    private Attempt converse(Socket connection, boolean withTls) {
        Session session = Session.getInstance(properties(withTls));
        SMTPTransport transport = new SMTPTransport(session, new URLName("smtp:"));
        try {
            transport.connect(connection);
        } catch (MessagingException failed) {
            close(transport);
            return notConnected(transport, failed, withTls);
        }
        if (parcel.recipient().isInternational() && !transport.supportsExtension("SMTPUTF8")) {
            close(transport);
            turnedAway = true;
            return new Attempt.Refused(NO_SMTPUTF8);
        }
        String sender = parcel.sender().map(EmailAddress::value).orElse(NULL_SENDER);
        ParcelMessage message = new ParcelMessage(session, parcel.content(), sender, () -> look(connection));
        try {
            send(transport, message);
            return new Attempt.Delivered();
        } catch (MessagingException failed) {
            tlsIsBroken = withTls && mayGoWithoutTls() && !message.begun() && isAboutTls(failed);
            return attempt(failed, message);
        } finally {
            close(transport);
        }
    }

    private Attempt notConnected(SMTPTransport transport, MessagingException failed, boolean withTls) {
        if (transport.supportsExtension("STARTTLS")) {
            // It introduced itself, and then failed: at TLS, or just after it.
            tlsIsBroken = withTls && mayGoWithoutTls();
            return new Attempt.Deferred(statusOfConnecting(failed));
        }
        Optional<Attempt> answered =
                Optional.ofNullable(transport.getLastServerResponse()).flatMap(reply -> answered(reply, false));
        // RFC 5321 section 3.1 and RFC 7504: 554 or 521 as a greeting is a no to all mail.
        turnedAway = answered.filter(Attempt.Refused.class::isInstance).isPresent();
        return answered.orElseGet(() -> new Attempt.Deferred(statusOfConnecting(failed)));
    }

    private boolean mayGoWithoutTls() {
        return parcel.carriage() == Carriage.OPENPGP;
    }

    /** Two processes that both believe they hold the parcel must not both end it with a dot. */
    private void look(Socket connection) throws IOException {
        try {
            lost = !lastLook.stillOurs();
        } catch (CannotTellException silent) {
            lost = true;
        }
        if (lost) {
            throw new IOException("the lease of the parcel has been lost");
        }
        // RFC 5321 section 4.5.3.2.6: ten minutes for the last answer, because giving up here makes duplicates.
        connection.setSoTimeout(
                (int) parameters.patience().answering().multipliedBy(2).toMillis());
        attemptDeadline.leave(parameters.patience().answering().multipliedBy(2));
    }

    private void send(SMTPTransport transport, ParcelMessage message) throws MessagingException {
        if (transport.supportsExtension("8BITMIME") && message.has8Bit()) {
            message.setMailExtension("BODY=8BITMIME");
        }
        transport.sendMessage(message, new Address[] {address(parcel.recipient().value())});
    }

    private static InternetAddress address(String value) throws AddressException {
        return new InternetAddress(value, false);
    }

    private Properties properties(boolean withTls) {
        Properties properties = new Properties();
        properties.put("mail.smtp.localhost", parameters.helo());
        properties.put(
                "mail.smtp.timeout",
                String.valueOf(parameters.patience().answering().toMillis()));
        properties.put("mail.smtp.starttls.enable", String.valueOf(withTls));
        boolean verified = !mayGoWithoutTls();
        properties.put("mail.smtp.starttls.required", String.valueOf(verified));
        properties.put(
                "mail.smtp.ssl.socketFactory",
                verified
                        ? NamedHostSocketFactory.verifying(parameters.trust())
                        : NamedHostSocketFactory.opportunistic());
        properties.put("mail.smtp.ssl.socketFactory.fallback", "false");
        // The factory has verified the name already, or must not.
        properties.put("mail.smtp.ssl.checkserveridentity", "false");
        properties.put("mail.smtp.quitwait", "false");
        // RFC 6531 section 3.4: MAIL says SMTPUTF8 only where the recipient needs it.
        properties.put("mail.mime.allowutf8", String.valueOf(parcel.recipient().isInternational()));
        return properties;
    }

    private String statusOfConnecting(MessagingException failed) {
        if (!mayGoWithoutTls() && !isLost(failed)) {
            return NO_VERIFIED_TLS;
        }
        return BAD_CONNECTION;
    }

    /** Whether the connection broke, rather than that TLS was not offered or not verified. */
    private static boolean isLost(MessagingException failed) {
        for (Throwable cause = failed; cause != null; cause = next(cause)) {
            if (cause instanceof SSLException) {
                return false;
            }
            if (cause instanceof IOException || cause instanceof SocketConnectException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAboutTls(MessagingException failed) {
        for (Throwable cause = failed; cause != null; cause = next(cause)) {
            if (cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    private Attempt attempt(MessagingException failed, ParcelMessage message) {
        boolean atData = message.begun();
        for (Throwable cause = failed; cause != null; cause = next(cause)) {
            atData = atData || isOfData(cause);
            boolean ofItself = atData;
            Optional<Attempt> answered = code(cause).flatMap(reply -> answered(reply, ofItself));
            if (answered.isPresent()) {
                return answered.get();
            }
        }
        return message.complete()
                ? new Attempt.Unclear(BAD_CONNECTION)
                : new Attempt.Deferred(BAD_CONNECTION, atData && !lost);
    }

    private static boolean isOfData(Throwable cause) {
        return cause instanceof SMTPSendFailedException sent && "DATA".equals(sent.getCommand());
    }

    /** The other server's reply, if that is what failed. Its text goes no further than here. */
    private static Optional<String> code(Throwable cause) {
        if (cause instanceof SMTPAddressFailedException
                || cause instanceof SMTPSenderFailedException
                || cause instanceof SMTPSendFailedException) {
            return Optional.ofNullable(cause.getMessage());
        }
        return Optional.empty();
    }

    private static Optional<Attempt> answered(String reply, boolean atData) {
        Matcher matcher = REPLY.matcher(reply);
        if (!matcher.find() || matcher.group(1).startsWith("2")) {
            return Optional.empty();
        }
        boolean never = matcher.group(1).startsWith("5");
        String digit = never ? "5" : "4";
        // A status of another class than its reply code is not believed.
        String status = Optional.ofNullable(matcher.group(2))
                .filter(found -> found.startsWith(digit))
                .orElse(digit + ".0.0");
        // RFC 5321 section 3.8: with 421 the server closes, whatever it was asked.
        boolean ofItself = atData && !matcher.group(1).equals(CLOSING);
        return Optional.of(never ? new Attempt.Refused(status) : new Attempt.Deferred(status, ofItself));
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause instanceof MessagingException mail ? mail.getNextException() : cause.getCause();
    }

    private static void close(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException gone) {
            // It is closed either way, and whatever mattered was answered before.
            return;
        }
    }
}
