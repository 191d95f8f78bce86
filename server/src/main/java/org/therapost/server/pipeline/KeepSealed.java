package org.therapost.server.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.mailrepository.api.MailRepositoryPath;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.carriage.CarryParcel;
import org.therapost.mailets.ParcelMail;
import org.therapost.storage.james.repository.SealedMailRepositoryStore;

/** Keeps a mail that could not be worked on in the sealed repository, for the operator. */
public final class KeepSealed extends GenericMailet {

    /** Where such mail is. */
    public static final MailRepositoryUrl REPOSITORY =
            MailRepositoryUrl.fromPathAndProtocol(SealedMailRepositoryStore.SEALED, MailRepositoryPath.from("error"));

    private static final Logger LOG = LoggerFactory.getLogger(KeepSealed.class);

    private final MailRepositoryStore repositories;
    private final CarryParcel carryParcel;
    private final Counter kept;

    @Inject
    public KeepSealed(MailRepositoryStore repositories, CarryParcel carryParcel, MeterRegistry meters) {
        this.repositories = repositories;
        this.carryParcel = carryParcel;
        this.kept = meters.counter("therapost.parcels.kept");
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        ParcelMail.forgetFailures(mail);
        // As it was before: whoever takes it out again starts from the beginning.
        mail.setState(Mail.DEFAULT);
        try {
            repositories.select(REPOSITORY).store(mail);
        } catch (MailRepositoryStore.MailRepositoryStoreException away) {
            throw new MessagingException("the repository is away", away);
        }
        kept.increment();
        // The name is the parcel's id.
        LOG.error("parcel {} could not be carried and is kept in the repository {}", mail.getName(), "error");
        end(mail);
        mail.setState(Mail.GHOST);
    }

    /**
     * Takes it out of the queue and tells the therapist, in one transaction, if that can be done. After a crash before it,
     * all of this happens again: the repository keeps one of each.
     */
    private void end(Mail mail) throws MessagingException {
        try {
            try {
                carryParcel.abandon(ParcelMail.hold(mail), ParcelMail.thread(mail));
            } catch (RefusedException | RuntimeException | Error cannotBeTold) {
                LOG.error(
                        "the therapist could not be told of parcel {} ({})",
                        mail.getName(),
                        cannotBeTold.getClass().getSimpleName());
                carryParcel.abandonSilently(ParcelMail.hold(mail));
            }
        } catch (CannotTellException silent) {
            throw new MessagingException("the database is away", silent);
        } catch (IllegalArgumentException noParcel) {
            LOG.warn("mail {} is no parcel, so no therapist was told", mail.getName());
        }
    }

    @Override
    public String getMailetInfo() {
        return "Keeps mail in the sealed repository";
    }
}
