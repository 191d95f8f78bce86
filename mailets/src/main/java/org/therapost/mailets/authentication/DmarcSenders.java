package org.therapost.mailets.authentication;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.answers.UnprovedSenderException;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.AuthenticSender;
import org.therapost.domain.conversation.incoming.ProvedFields;
import org.therapost.domain.conversation.incoming.Senders;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.mime.MailHeader;
import org.therapost.mailets.mime.MailReader;

/**
 * Believes {@code From:} if SPF or DKIM proves a domain that is aligned with it (RFC 7489). A domain without a DMARC
 * record is held to relaxed alignment, and one that asks for nothing to be done is held to it as well: here the author
 * decides who may write into a thread.
 *
 * <p>A signature says who wrote what, not to whom it was sent: anybody who has a signed mail can hand it to us. So a
 * signature alone proves a mail only if it covers the words that matter and the address of ours that it was sent to.
 */
public final class DmarcSenders implements Senders {

    // What a reader takes for the mail's own word; Yahoo signs just these and To.
    private static final List<String> COVERED = List.of("from", "date", "subject");

    private final MailReader reader;
    private final TrustedNetworks trusted;
    private final PublicSuffixes suffixes;
    private final Dns dns;
    private final Clock clock;
    private final SenderChecks checks;

    /** @param checks runs what waits for DNS, apart from everything else */
    public DmarcSenders(
            Dns dns,
            MailReader reader,
            TrustedNetworks trusted,
            PublicSuffixes suffixes,
            Clock clock,
            SenderChecks checks) {
        this.dns = dns;
        this.reader = reader;
        this.trusted = trusted;
        this.suffixes = suffixes;
        this.clock = clock;
        this.checks = checks;
    }

    @Override
    public AuthenticSender authenticate(ArrivedMail mail) throws RefusedException, CannotTellException {
        MailHeader header = reader.header(mail.content());
        if (header.hasRepeatedField()) {
            throw new RefusedException(Refusal.REPEATED_FIELD);
        }
        EmailAddress author = oneAuthor(header);
        if (trusted.contains(mail.peer())) {
            return new AuthenticSender(author, handedOver(mail, header, author));
        }
        return run(mail, author, until -> new Check(dns.until(until), mail, header, author).result());
    }

    private <T> T run(ArrivedMail mail, EmailAddress author, SenderChecks.Check<T> check)
            throws RefusedException, CannotTellException {
        return checks.run(mail.peer(), shares(mail, author), client(mail, author), check);
    }

    /** What is proved of a mail that a trusted server hands over: all of it, and what a signature covers is looked up for its key. */
    private ProvedFields handedOver(ArrivedMail mail, MailHeader header, EmailAddress author) throws RefusedException {
        if (!bringsKey(mail, header, author)) {
            return ProvedFields.ALL;
        }
        try {
            return run(mail, author, until -> new Check(dns.until(until), mail, header, author).ofWholeMail());
        } catch (CannotTellException later) {
            // The key comes again with the next mail.
            return ProvedFields.ALL;
        }
    }

    /** Whether it is a client's mail that may bring a key; then it matters what is signed, too. */
    private static boolean bringsKey(ArrivedMail mail, MailHeader header, EmailAddress author) {
        return client(mail, author).isPresent() && SignedKeysInMail.mayBeIn(header, mail.content());
    }

    /**
     * The client whom the author claims to be, if the mail is addressed to that client's thread. It is the enrolled mailbox: of
     * one client there are any number of spellings, and each would have a share of its own.
     */
    private static Optional<EmailAddress> client(ArrivedMail mail, EmailAddress author) {
        for (Destination recipient : mail.recipients()) {
            if (recipient instanceof Destination.ToThread to
                    && to.thread().client().writesAs(author)) {
                return Optional.of(to.thread().client().address());
            }
        }
        return Optional.empty();
    }

    private static EmailAddress oneAuthor(MailHeader header) throws RefusedException {
        return Optional.of(header)
                .filter(fields -> fields.fields("From").size() == 1)
                .flatMap(fields -> fields.from().theOne())
                .orElseThrow(() -> new RefusedException(Refusal.NOT_AUTHENTIC));
    }

    /** The owners of the domains whose name servers will be asked. */
    private Set<String> shares(ArrivedMail mail, EmailAddress author) {
        Set<String> owners = new HashSet<>();
        owners.add(suffixes.organizationalDomain(author.domain()));
        owners.add(suffixes.organizationalDomain(SpfCheck.domain(mail)));
        return owners;
    }

    /** The check of one mail, which asks DNS until its time is over. */
    private final class Check {

        private final ArrivedMail mail;
        private final MailHeader header;
        private final EmailAddress author;
        private final DmarcPolicy policy;
        private final SpfCheck spf;
        private final DkimCheck dkim;

        Check(Dns inTime, ArrivedMail mail, MailHeader header, EmailAddress author) {
            this.mail = mail;
            this.header = header;
            this.author = author;
            this.policy = new DmarcPolicy(inTime, suffixes);
            this.spf = new SpfCheck(inTime);
            this.dkim = new DkimCheck(inTime, policy, clock);
        }

        AuthenticSender result() throws RefusedException, CannotTellException {
            AuthenticationVerdict sent = alignedSpf();
            if (sent == AuthenticationVerdict.PASS) {
                return new AuthenticSender(author, bringsKey(mail, header, author) ? ofWholeMail() : ProvedFields.ALL);
            }
            DkimCheck.Signatures signatures = dkim.check(header, mail.content(), author.domain());
            Optional<Set<String>> proof = proof(signatures);
            if (proof.isPresent()) {
                return new AuthenticSender(author, ProvedFields.signed(proof.get()));
            }
            if (sent == AuthenticationVerdict.CANNOT_TELL || signatures.unclear()) {
                throw new CannotTellException("DNS did not answer");
            }
            if (!signatures.signed().isEmpty()) {
                throw new UnprovedSenderException(author);
            }
            throw new RefusedException(Refusal.NOT_AUTHENTIC);
        }

        /** Of a mail that is proved whole: which fields a signature covers that would prove it alone. */
        ProvedFields ofWholeMail() {
            return proof(dkim.check(header, mail.content(), author.domain()))
                    .map(ProvedFields::wholeAndSigned)
                    .orElse(ProvedFields.ALL);
        }

        /** Of several good signatures the one that covers most: providers and their customers' servers sign one after the other. */
        private Optional<Set<String>> proof(DkimCheck.Signatures signatures) {
            return signatures.signed().stream()
                    .filter(this::provesThisMail)
                    .max(Comparator.comparing((Set<String> signed) -> signed.contains("autocrypt"))
                            .thenComparing(Set::size));
        }

        private AuthenticationVerdict alignedSpf() {
            DomainAlignment alignment = policy.alignment(SpfCheck.domain(mail), author.domain());
            if (alignment == DomainAlignment.NONE) {
                return AuthenticationVerdict.FAIL;
            }
            AuthenticationVerdict sent = spf.check(mail);
            return sent == AuthenticationVerdict.PASS ? policy.accepts(alignment, author.domain(), "aspf") : sent;
        }

        private boolean provesThisMail(Set<String> signed) {
            // A field that is not there cannot mislead, but what it is without Date or From could be anything.
            boolean covered = COVERED.stream()
                    .allMatch(name -> signed.contains(name)
                            || (name.equals("subject") && header.fields(name).isEmpty()));
            return covered && mail.recipients().stream().allMatch(recipient -> names(signed, address(recipient)));
        }

        private boolean names(Set<String> signed, EmailAddress ours) {
            return List.of("to", "cc").stream()
                    .filter(signed::contains)
                    .flatMap(name -> header.addresses(name).readable().stream())
                    .anyMatch(ours::sameMailbox);
        }

        private static EmailAddress address(Destination destination) {
            return destination instanceof Destination.ToThread to
                    ? to.thread().address()
                    : ((Destination.ToTherapist) destination).therapist().address();
        }
    }
}
