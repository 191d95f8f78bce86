package org.therapost.protocols.imap.selected;

import com.github.fge.lambdas.Throwing;
import java.util.Arrays;
import java.util.EnumSet;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.FetchData;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.UidRange;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.request.FetchRequest;
import org.apache.james.imap.message.request.StoreRequest;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.imap.message.response.VanishedResponse;
import org.apache.james.imap.processor.EnableProcessor;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageUid;
import org.therapost.protocols.imap.commands.ForwardingProcessor;
import reactor.core.publisher.Mono;

/**
 * FETCH and STORE of messages named by UIDs. In an empty folder they do nothing and succeed (RFC 9051 section 6.4.9: a UID that is
 * not there is ignored), where James finds them bad (of COPY and MOVE its scripts want that); and {@code UID FETCH} tells of all messages that are gone
 * (VANISHED, RFC 7162 section 3.2.6), where James tells only of those between the first and the last that are left.
 */
public final class UidCommands extends ForwardingProcessor {

    private final StatusResponseFactory answers = new UnpooledStatusResponseFactory();

    public UidCommands(ImapProcessor processor) {
        super(processor);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        SelectedMailbox folder = session.getSelected();
        if (folder == null || !byUid(message)) {
            return processor.processReactive(message, responder, session);
        }
        if (message instanceof FetchRequest fetch && asksForVanished(fetch, session)) {
            return uidNext(folder, session)
                    .map(next -> tell(fetch, folder, next, responder))
                    // Without it the rest would be half of the truth.
                    .onErrorReturn(false)
                    .flatMap(told -> told
                            ? proceed(withoutVanished(fetch), folder, responder, session)
                            : Mono.fromRunnable(() -> responder.respond(answers.taggedNo(
                                    fetch.getTag(),
                                    fetch.getCommand(),
                                    HumanReadableText.GENERIC_FAILURE_DURING_PROCESSING))));
        }
        return proceed(message, folder, responder, session);
    }

    private Mono<Void> proceed(ImapMessage message, SelectedMailbox folder, Responder responder, ImapSession session) {
        if (folder.existsCount() > 0 || message instanceof FetchRequest) {
            return processor.processReactive(message, responder, session);
        }
        ImapRequest request = (ImapRequest) message;
        return Mono.fromRunnable(() -> responder.respond(
                answers.taggedOk(request.getTag(), request.getCommand(), HumanReadableText.COMPLETED)));
    }

    private static boolean byUid(ImapMessage message) {
        return (message instanceof FetchRequest fetch && fetch.isUseUids())
                || (message instanceof StoreRequest store && store.isUseUids());
    }

    private static boolean asksForVanished(FetchRequest fetch, ImapSession session) {
        return fetch.getFetch().getVanished()
                && fetch.getFetch().getChangedSince() >= 0
                && EnableProcessor.getEnabledCapabilities(session).contains(ImapConstants.SUPPORTS_QRESYNC);
    }

    private static Mono<Long> uidNext(SelectedMailbox folder, ImapSession session) {
        return Mono.fromCallable(folder::getMessageManager)
                .flatMap(Throwing.function(manager -> manager.getMetaDataReactive(
                        MailboxMetaData.RecentMode.IGNORE,
                        session.getMailboxSession(),
                        EnumSet.of(MailboxMetaData.Item.NextUid))))
                .map(data -> data.getUidNext().asLong());
    }

    private static boolean tell(FetchRequest fetch, SelectedMailbox folder, long uidNext, Responder responder) {
        UidRange[] asked = Arrays.stream(fetch.getIdSet())
                // "*" alone is the last message, which is there.
                .filter(range -> range.getLowVal() != Long.MAX_VALUE)
                .map(range -> new UidRange(MessageUid.of(range.getLowVal()), MessageUid.of(range.getHighVal())))
                .toArray(UidRange[]::new);
        UidRange[] vanished = VanishedUids.from(folder, VanishedUids.upTo(uidNext - 1, asked));
        if (vanished.length > 0) {
            responder.respond(new VanishedResponse(vanished, true));
        }
        return true;
    }

    private static FetchRequest withoutVanished(FetchRequest fetch) {
        IdRange[] same = fetch.getIdSet();
        return new FetchRequest(
                fetch.isUseUids(),
                same,
                FetchData.Builder.from(fetch.getFetch()).vanished(false).build(),
                fetch.getTag());
    }
}
