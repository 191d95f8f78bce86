package org.therapost.protocols.imap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.james.core.Username;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.IRAuthenticateRequest;
import org.apache.james.imap.message.request.LoginRequest;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.protocols.netty.Encryption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.therapost.domain.access.InMemoryAccounts;
import org.therapost.domain.access.LogIn;
import org.therapost.domain.access.PasswordGuessLimit;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.InMemoryPasswords;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.protocols.imap.session.ImapNaming;
import org.therapost.protocols.imap.session.LoginCommands;
import org.therapost.protocols.imap.session.LoginMailboxSessions;
import org.therapost.protocols.imap.session.TherapostImapSession;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A login that breaks off anywhere leaves no key open (invariant 1), also while its connection lasts. */
class LoginFailureTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";

    private final InMemoryPasswords passwords = new InMemoryPasswords();
    private final ReaderLogins readers = new ReaderLogins(
            new InMemoryAccounts(Clock.systemUTC())
                    .with(
                            EmailAddress.of(DR_BLOOM),
                            false,
                            passwords.wrap(Password.offered(PASSWORD), Optional.empty())),
            passwords,
            keyless(OpenPgpKeys.class),
            (thread, reader) -> Optional.empty());

    /** The account has no key here, its program has it: all that is made is a view that opens nothing. */
    private static <T> T keyless(Class<T> port) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, given) -> switch (method.getName()) {
                    case "closedView" -> keyless(ReaderView.class);
                    case "close" -> null;
                    default -> throw new AssertionError(method + " is not asked for");
                }));
    }

    private final AtomicInteger steps = new AtomicInteger();
    private int fails;

    /** Every collaborator of the login counts as a step, and the one that is meant fails. */
    private void step() {
        if (steps.incrementAndGet() == fails) {
            throw new IllegalStateException("injected");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LOGIN, 1", "LOGIN, 2", "LOGIN, 3", "LOGIN, 4", "LOGIN, 5", "LOGIN, 6", "LOGIN, 7", "LOGIN, 8",
        "PLAIN, 1", "PLAIN, 2", "PLAIN, 3", "PLAIN, 4", "PLAIN, 5", "PLAIN, 6", "PLAIN, 7", "PLAIN, 8"
    })
    void whatever_fails_no_key_stays_open(String way, int failing) {
        fails = failing;
        TherapostImapSession session =
                new TherapostImapSession(new FarChannel(), plain(), ImapSession.SessionId.generate());
        Optional<Throwable> failed = Optional.empty();
        try {
            commands().processReactive(request(way), new Steps(), session).block();
        } catch (IllegalStateException injected) {
            failed = Optional.of(injected);
        }
        if (steps.get() < failing) {
            assertThat(failed).isEmpty();
            assertThat(readers.open()).isEqualTo(1);
            session.over();
        } else if (session.getState() == ImapSessionState.AUTHENTICATED) {
            // It was told of, and goes on.
            assertThat(readers.open()).isEqualTo(1);
            session.over();
        }
        assertThat(readers.open()).isZero();
        assertThat(session.getState()).isNotEqualTo(ImapSessionState.SELECTED);
    }

    private LoginCommands commands() {
        PasswordGuessLimit guesses = (name, from, waited) -> {
            step();
            return new PasswordGuessLimit.Guess() {
                @Override
                public void right() {
                    step();
                }

                @Override
                public void wrong() {
                    step();
                }

                @Override
                public void undecided() {
                    // Nothing is counted.
                }
            };
        };
        ImapNaming imapNaming = new ImapNaming('/', login -> {
            step();
            return login;
        });
        MailboxManager mailboxes = (MailboxManager) Proxy.newProxyInstance(
                MailboxManager.class.getClassLoader(),
                new Class<?>[] {MailboxManager.class},
                (proxy, method, given) -> {
                    step();
                    return method.getReturnType().equals(Optional.class) ? Optional.empty() : Mono.just(false);
                });
        return new LoginCommands(
                new Nobody(),
                new LogIn(readers, guesses, Runnable::run),
                new LoginMailboxSessions(readers, imapNaming),
                mailboxes,
                Schedulers.immediate());
    }

    private static ImapMessage request(String way) {
        Tag tag = new Tag("a");
        return way.equals("LOGIN")
                ? new LoginRequest(Username.of(DR_BLOOM), PASSWORD, tag)
                : new IRAuthenticateRequest(
                        "PLAIN",
                        tag,
                        Base64.getEncoder()
                                .encodeToString(("\0" + DR_BLOOM + "\0" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
    }

    @SuppressWarnings("NullAway") // the connection is not asked about TLS
    private static Encryption plain() {
        return null;
    }

    /** Serves no other command. */
    private static final class Nobody implements ImapProcessor {

        @Override
        public void configure(ImapConfiguration configuration) {
            // Nothing to be told.
        }

        @Override
        public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
            return Mono.error(new AssertionError("it was no login"));
        }
    }

    private final class Steps implements ImapProcessor.Responder {

        @Override
        public void respond(ImapResponseMessage message) {
            step();
        }

        @Override
        public void flush() {
            // Nothing is kept.
        }
    }

    /** With TLS, as far as anybody asks. */
    private static final class FarChannel extends EmbeddedChannel {

        FarChannel() {
            pipeline().addLast(NettyConstants.SSL_HANDLER, new ChannelInboundHandlerAdapter());
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 993);
        }
    }
}
