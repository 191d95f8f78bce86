package org.therapost.protocols.imap.selected;

import java.util.Optional;
import javax.mail.Flags;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponse.ResponseCode;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.response.FetchResponse;
import org.apache.james.imap.message.response.FlagsResponse;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.therapost.protocols.imap.commands.ForwardingProcessor;
import org.therapost.protocols.imap.fetch.FetchedMessage;
import reactor.core.publisher.Mono;

/**
 * Answers as mail programs need them, where James's are not what the RFCs say:
 *
 * <ul>
 *   <li>MODIFIED (RFC 7162 section 3.1.3) has no number before its set.
 *   <li>FLAGS comes before the first message with a keyword that the mail program has not heard of (RFC 3501 section 7.2.6), wherever
 *       that was set; James announces what a STORE has set.
 * </ul>
 */
public final class ResponseCorrections extends ForwardingProcessor {

    public ResponseCorrections(ImapProcessor processor) {
        super(processor);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        return processor.processReactive(message, new Exact(responder, session), session);
    }

    private record Exact(Responder responder, ImapSession session) implements Responder {

        @Override
        public void respond(ImapResponseMessage message) {
            if (message instanceof StatusResponse status && status.getTag() != null) {
                responder.respond(exact(status));
            } else if (session.getSelected() instanceof AnnouncedFolder folder) {
                responder.respond(announced(message, folder));
            } else {
                responder.respond(message);
            }
        }

        private StatusResponse exact(StatusResponse status) {
            ResponseCode code = status.getResponseCode();
            if (code == null || !code.getCode().equals("MODIFIED")) {
                return status;
            }
            return new ImmutableStatusResponse(
                    status.getServerResponseType(),
                    status.getTag(),
                    null,
                    new HumanReadableText(
                            "therapost.exact",
                            "[MODIFIED " + String.join(",", code.getParameters()) + "] "
                                    + status.getCommand().getName() + " failed for some."),
                    null);
        }

        private ImapResponseMessage announced(ImapResponseMessage message, AnnouncedFolder folder) {
            if (message instanceof FlagsResponse flags) {
                return flags(flags.getFlags(), folder);
            }
            flagsIn(message).filter(flags -> !folder.isToldOf(flags)).ifPresent(flags -> {
                folder.tell(flags);
                responder.respond(flags(folder.getApplicableFlags(), folder));
            });
            return message;
        }

        private static Optional<Flags> flagsIn(ImapResponseMessage message) {
            if (message instanceof FetchedMessage fetched) {
                return fetched.flags();
            }
            return message instanceof FetchResponse changed
                    ? Optional.ofNullable(changed.getFlags())
                    : Optional.empty();
        }

        private static FlagsResponse flags(Flags applicable, AnnouncedFolder folder) {
            Flags all = new Flags(applicable);
            all.add(folder.tell(applicable));
            return new FlagsResponse(all);
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }
}
