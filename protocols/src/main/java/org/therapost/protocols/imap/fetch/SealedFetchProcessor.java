package org.therapost.protocols.imap.fetch;

import static org.apache.james.mailbox.MessageManager.MailboxMetaData.RecentMode.IGNORE;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.mail.Flags;
import org.apache.james.core.Domain;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.FetchData;
import org.apache.james.imap.api.message.FetchData.Item;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.request.FetchRequest;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.EnableProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageSequenceNumber;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.protocols.imap.utf8.Utf8Accept;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** FETCH, in place of James's. */
public final class SealedFetchProcessor extends AbstractMailboxProcessor<FetchRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(SealedFetchProcessor.class);

    private final ServedMessages messages;

    public SealedFetchProcessor(MailboxManager mailboxes, ServedMessages messages, MetricFactory metrics) {
        super(FetchRequest.class, mailboxes, new UnpooledStatusResponseFactory(), metrics);
        this.messages = messages;
    }

    @Override
    protected Mono<Void> processRequestReactive(FetchRequest request, ImapSession session, Responder responder) {
        SelectedMailbox selected = session.getSelected();
        MailboxSession reader = session.getMailboxSession();
        if (selected == null) {
            return Mono.fromRunnable(() -> no(request, responder, HumanReadableText.GENERIC_FAILURE_DURING_PROCESSING));
        }
        Optional<HumanReadableText> bad = unfitForVanished(request, session);
        if (bad.isPresent()) {
            return Mono.fromRunnable(() -> taggedBad(request, responder, bad.get()));
        }
        return Mono.from(getMailboxManager().getMailboxReactive(selected.getMailboxId(), reader))
                .flatMap(folder -> enableCondstore(request, session, folder, responder)
                        .then(Mono.defer(() -> fetch(request, session, selected, folder, responder))))
                .onErrorResume(
                        MessageRangeException.class,
                        none -> Mono.fromRunnable(
                                () -> taggedBad(request, responder, HumanReadableText.INVALID_MESSAGESET)))
                .onErrorResume(MailboxException.class, unanswered -> {
                    LOG.error("FETCH failed in folder {}", selected.getMailboxId(), unanswered);
                    return Mono.fromRunnable(() -> no(request, responder, HumanReadableText.SEARCH_FAILED));
                });
    }

    /** RFC 7162 section 3.2.6 */
    private static Optional<HumanReadableText> unfitForVanished(FetchRequest request, ImapSession session) {
        if (!request.getFetch().getVanished()) {
            return Optional.empty();
        }
        if (!EnableProcessor.getEnabledCapabilities(session).contains(ImapConstants.SUPPORTS_QRESYNC)) {
            return Optional.of(HumanReadableText.QRESYNC_NOT_ENABLED);
        }
        return request.getFetch().getChangedSince() == -1 || !request.isUseUids()
                ? Optional.of(HumanReadableText.QRESYNC_VANISHED_WITHOUT_CHANGEDSINCE)
                : Optional.empty();
    }

    /** RFC 7162 section 3.1: whoever asks for MODSEQ wants it from now on. */
    private Mono<Void> enableCondstore(
            FetchRequest request, ImapSession session, MessageManager folder, Responder responder) {
        Set<Capability> enabled = EnableProcessor.getEnabledCapabilities(session);
        if (!request.getFetch().contains(Item.MODSEQ) || enabled.contains(ImapConstants.SUPPORTS_CONDSTORE)) {
            return Mono.empty();
        }
        return Mono.defer(() -> {
                    try {
                        return folder.getMetaDataReactive(
                                IGNORE, session.getMailboxSession(), EnumSet.of(MailboxMetaData.Item.HighestModSeq));
                    } catch (MailboxException unanswered) {
                        return Mono.error(unanswered);
                    }
                })
                .doOnNext(data -> condstoreEnablingCommand(session, responder, data, true))
                .then();
    }

    private Mono<Void> fetch(
            FetchRequest request,
            ImapSession session,
            SelectedMailbox selected,
            MessageManager folder,
            Responder responder) {
        FetchData asked = request.getFetch();
        MessageData data =
                new MessageData(asked, tellsUid(request, session), domain(session), Utf8Accept.isEnabled(session));
        return Mono.fromCallable(() -> ranges(request, selected))
                .flatMapMany(Flux::fromIterable)
                .concatMap(range -> messages.in(folder, range, data.opens(), session.getMailboxSession()))
                .filter(message -> !asked.contains(Item.MODSEQ)
                        || message.row().getModSeq().asLong() > asked.getChangedSince())
                .concatMap(message -> selected.msn(message.row().getUid())
                        .foldSilent(
                                // Not yet announced, or gone: it has no number.
                                Mono::<FetchedMessage>empty,
                                number -> answer(message, number, data, asked, selected, folder, session)))
                .doOnNext(responder::respond)
                .then(unsolicitedResponses(session, responder, !request.isUseUids(), request.isUseUids()))
                .then(Mono.fromRunnable(() -> okComplete(request, responder)));
    }

    private Mono<FetchedMessage> answer(
            ServedMessage message,
            MessageSequenceNumber number,
            MessageData data,
            FetchData asked,
            SelectedMailbox selected,
            MessageManager folder,
            ImapSession session) {
        Flags flags = message.row().createFlags();
        boolean see = asked.isSetSeen() && !flags.contains(Flags.Flag.SEEN);
        Mono<Void> seen = see ? see(message, folder, session) : Mono.empty();
        return seen.then(Mono.fromCallable(() -> {
            if (see) {
                flags.add(Flags.Flag.SEEN);
            }
            if (selected.isRecent(message.row().getUid())) {
                flags.add(Flags.Flag.RECENT);
            }
            boolean told = see || asked.contains(Item.FLAGS);
            return read(data, message, number, told ? Optional.of(flags) : Optional.empty());
        }));
    }

    private static FetchedMessage read(
            MessageData data, ServedMessage message, MessageSequenceNumber number, Optional<Flags> flags)
            throws MailboxException {
        try {
            return data.of(message, number, flags);
        } catch (IOException unanswered) {
            throw new MailboxException("a message cannot be read now", unanswered);
        }
    }

    private static Mono<Void> see(ServedMessage message, MessageManager folder, ImapSession session) {
        return Mono.from(folder.setFlagsReactive(
                        new Flags(Flags.Flag.SEEN),
                        MessageManager.FlagsUpdateMode.ADD,
                        MessageRange.one(message.row().getUid()),
                        session.getMailboxSession()))
                .then();
    }

    private List<MessageRange> ranges(FetchRequest request, SelectedMailbox selected) throws MessageRangeException {
        List<MessageRange> ranges = new ArrayList<>();
        if (request.isUseUids() && selected.existsCount() == 0) {
            return ranges;
        }
        for (IdRange range : request.getIdSet()) {
            ranges.add(messageRange(selected, range, request.isUseUids())
                    .orElseThrow(() -> new MessageRangeException("the folder is empty")));
        }
        return ranges;
    }

    /** RFC 3501 section 6.4.8; RFC 7162 section 3.2.4 */
    private static boolean tellsUid(FetchRequest request, ImapSession session) {
        return request.isUseUids()
                || EnableProcessor.getEnabledCapabilities(session).contains(ImapConstants.SUPPORTS_QRESYNC);
    }

    private static String domain(ImapSession session) {
        return session.getUserName().getDomainPart().map(Domain::asString).orElse("localhost");
    }

    @Override
    protected MDCBuilder mdc(FetchRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "FETCH");
    }
}
