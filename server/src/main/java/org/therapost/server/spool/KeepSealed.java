package org.therapost.server.spool;

import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.mailrepository.api.MailRepositoryPath;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.storage.james.repository.SealedMailRepositoryStore;

/** Keeps a mail that could not be worked on in the sealed repository, for the operator. */
public final class KeepSealed extends GenericMailet {

    /** Where such mail is. */
    public static final MailRepositoryUrl REPOSITORY =
            MailRepositoryUrl.fromPathAndProtocol(SealedMailRepositoryStore.SEALED, MailRepositoryPath.from("error"));

    private static final Logger LOG = LoggerFactory.getLogger(KeepSealed.class);

    private final MailRepositoryStore repositories;

    @Inject
    public KeepSealed(MailRepositoryStore repositories) {
        this.repositories = repositories;
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        try {
            repositories.select(REPOSITORY).store(mail);
        } catch (MailRepositoryStore.MailRepositoryStoreException away) {
            throw new MessagingException("the repository is away", away);
        }
        // The name is the parcel's id.
        LOG.error("parcel {} could not be carried and is kept in the repository {}", mail.getName(), "error");
        mail.setState(Mail.GHOST);
    }

    @Override
    public String getMailetInfo() {
        return "Keeps mail in the sealed repository";
    }
}
