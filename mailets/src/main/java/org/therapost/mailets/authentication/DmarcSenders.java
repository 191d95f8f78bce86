package org.therapost.mailets.authentication;

import javax.inject.Inject;
import org.therapost.domain.conversation.ArrivedMail;
import org.therapost.domain.conversation.AuthenticSender;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.Refusal;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.conversation.Senders;
import org.therapost.domain.people.EmailAddress;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.mime.AddressList;
import org.therapost.mailets.mime.MailHeader;
import org.therapost.mailets.mime.MailReader;

/**
 * Believes {@code From:} if SPF or DKIM proves a domain that is aligned with it (RFC 7489). A domain without a DMARC
 * record is held to relaxed alignment, and one that asks for nothing to be done is held to it as well: here the author
 * decides who may write into a thread.
 */
public final class DmarcSenders implements Senders {

    private final MailReader reader;
    private final TrustedNetworks trusted;
    private final DmarcPolicy policy;
    private final SpfCheck spf;
    private final DkimCheck dkim;

    @Inject
    public DmarcSenders(Dns dns, MailReader reader, TrustedNetworks trusted) {
        this.reader = reader;
        this.trusted = trusted;
        this.policy = new DmarcPolicy(dns);
        this.spf = new SpfCheck(dns);
        this.dkim = new DkimCheck(dns, policy);
    }

    @Override
    public AuthenticSender authenticate(ArrivedMail mail) throws RefusedException, CannotTellException {
        MailHeader header = reader.header(mail.content());
        EmailAddress author = oneAuthor(header);
        if (trusted.contains(mail.peer())) {
            return new AuthenticSender(author);
        }
        Verdict verdict = alignedSpf(mail, author);
        if (verdict != Verdict.PASS) {
            verdict = verdict.or(dkim.check(header, mail.content(), author.domain()));
        }
        return switch (verdict) {
            case PASS -> new AuthenticSender(author);
            case FAIL -> throw new RefusedException(Refusal.NOT_AUTHENTIC);
            case CANNOT_TELL -> throw new CannotTellException("DNS did not answer");
        };
    }

    private static EmailAddress oneAuthor(MailHeader header) throws RefusedException {
        AddressList from = header.from();
        if (header.fields("From").size() != 1
                || !from.complete()
                || from.readable().size() != 1) {
            throw new RefusedException(Refusal.NOT_AUTHENTIC);
        }
        return from.readable().get(0);
    }

    private Verdict alignedSpf(ArrivedMail mail, EmailAddress author) {
        Alignment alignment = Alignment.of(SpfCheck.domain(mail), author.domain());
        if (alignment == Alignment.NONE) {
            return Verdict.FAIL;
        }
        Verdict sent = spf.check(mail);
        return sent == Verdict.PASS ? policy.accepts(alignment, author.domain(), "aspf") : sent;
    }
}
