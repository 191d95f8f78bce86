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
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.Relay;
import org.therapost.domain.conversation.Relay.Attempt;
import org.therapost.domain.people.EmailAddress;

/** One connection to one host, and one parcel over it. */
final class SmtpAttempt {

    private static final Pattern REPLY = Pattern.compile("^([245])\\d\\d[ -](?:([245]\\.\\d{1,3}\\.\\d{1,3})\\b)?");
    private static final String NULL_SENDER = "<>";
    private static final String NO_ANSWER = "4.4.1";
    private static final String BAD_CONNECTION = "4.4.2";
    private static final String NO_VERIFIED_TLS = "4.7.5";

    private final RelaySettings settings;
    private final Parcel parcel;
    private final Relay.LastLook lastLook;
    private final Deadline deadline;
    private boolean lost;

    SmtpAttempt(RelaySettings settings, Parcel parcel, Relay.LastLook lastLook, Deadline deadline) {
        this.settings = settings;
        this.parcel = parcel;
        this.lastLook = lastLook;
        this.deadline = deadline;
    }

    /** Whether there is no time for another host. */
    boolean late() {
        return deadline.passed();
    }

    /** Whether the parcel is another attempt's by now, or nobody can tell: then no other host may be tried. */
    boolean lost() {
        return lost;
    }

    /**
     * Tries.
     *
     * @param host an address that knows the name by which its certificate is verified
     */
    Attempt deliver(InetAddress host, int port) {
        try (Socket connection = new Socket()) {
            deadline.on(connection);
            connection.connect(new InetSocketAddress(host, port), (int)
                    settings.connecting().toMillis());
            connection.setSoTimeout((int) settings.answering().toMillis());
            return converse(connection);
        } catch (IOException unreachable) {
            return new Attempt.Deferred(NO_ANSWER);
        } finally {
            deadline.off();
        }
    }

    private Attempt converse(Socket connection) {
        Session session = Session.getInstance(properties());
        SMTPTransport transport = new SMTPTransport(session, new URLName("smtp:"));
        try {
            transport.connect(connection);
        } catch (MessagingException failed) {
            close(transport);
            return new Attempt.Deferred(statusOfConnecting(failed));
        }
        String sender = parcel.sender().map(EmailAddress::value).orElse(NULL_SENDER);
        ParcelMessage message = new ParcelMessage(session, parcel.content(), sender, () -> look(connection));
        try {
            send(transport, message);
            return new Attempt.Delivered();
        } catch (MessagingException failed) {
            return attempt(failed, message.complete());
        } finally {
            close(transport);
        }
    }

    /** Two processes that both believe they hold the parcel must not both end it with a dot. */
    private void look(Socket connection) throws IOException {
        try {
            lost = !lastLook.stillOurs();
        } catch (CannotTellException silent) {
            lost = true;
        }
        if (lost) {
            throw new IOException("the parcel is not ours any more");
        }
        // RFC 5321 section 4.5.3.2.6: ten minutes for the last answer, because giving up here makes duplicates.
        connection.setSoTimeout((int) settings.answering().multipliedBy(2).toMillis());
        deadline.leave(settings.answering().multipliedBy(2));
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

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("mail.smtp.localhost", settings.helo());
        properties.put("mail.smtp.timeout", String.valueOf(settings.answering().toMillis()));
        properties.put("mail.smtp.starttls.enable", "true");
        boolean verified = parcel.carriage() != Carriage.OPENPGP;
        properties.put("mail.smtp.starttls.required", String.valueOf(verified));
        properties.put(
                "mail.smtp.ssl.socketFactory",
                verified ? NamedHostSocketFactory.verifying(settings.trust()) : NamedHostSocketFactory.opportunistic());
        properties.put("mail.smtp.ssl.socketFactory.fallback", "false");
        // The factory has verified the name already, or must not.
        properties.put("mail.smtp.ssl.checkserveridentity", "false");
        properties.put("mail.smtp.quitwait", "false");
        return properties;
    }

    private String statusOfConnecting(MessagingException failed) {
        if (parcel.carriage() != Carriage.OPENPGP && !isLost(failed)) {
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

    private static Attempt attempt(MessagingException failed, boolean complete) {
        for (Throwable cause = failed; cause != null; cause = next(cause)) {
            Optional<Attempt> answered = code(cause).flatMap(SmtpAttempt::answered);
            if (answered.isPresent()) {
                return answered.get();
            }
        }
        return complete ? new Attempt.Unclear(BAD_CONNECTION) : new Attempt.Deferred(BAD_CONNECTION);
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

    private static Optional<Attempt> answered(String reply) {
        Matcher matcher = REPLY.matcher(reply);
        if (!matcher.find()) {
            return Optional.empty();
        }
        boolean never = matcher.group(1).equals("5");
        String digit = never ? "5" : "4";
        // A status of another class than its reply code is not believed.
        String status = Optional.ofNullable(matcher.group(2))
                .filter(found -> found.startsWith(digit))
                .orElse(digit + ".0.0");
        return Optional.of(never ? new Attempt.Refused(status) : new Attempt.Deferred(status));
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
