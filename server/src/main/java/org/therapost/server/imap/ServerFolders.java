package org.therapost.server.imap;

import java.util.Optional;
import java.util.Set;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.main.PathConverter;
import org.apache.james.imap.message.request.AppendRequest;
import org.apache.james.imap.message.request.CopyRequest;
import org.apache.james.imap.message.request.DeleteRequest;
import org.apache.james.imap.message.request.MoveRequest;
import org.apache.james.imap.message.request.RenameRequest;
import org.apache.james.imap.message.request.ReplaceRequest;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.apache.james.mailbox.model.MailboxPath;
import reactor.core.publisher.Mono;

/**
 * Folders that mail programs and this server rely on. INBOX cannot be deleted (RFC 3501 section 6.3.4); nor can the others, and a rename would
 * take them away as well, with what is in them. {@code Clients} holds folders and no messages.
 */
final class ServerFolders extends ForwardingProcessor {

    private static final String INBOX = "INBOX";

    /** Holds the folders of clients. */
    static final String CLIENTS = "Clients";

    private static final Set<String> KEPT = Set.of("Sent", "Drafts", "Trash", "Archive", "Junk", CLIENTS, "Enquiries");

    ServerFolders(ImapProcessor processor) {
        super(processor);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        Optional<String> refusal = session.getMailboxSession() == null ? Optional.empty() : refusal(message, session);
        if (refusal.isEmpty() || !(message instanceof ImapRequest request)) {
            return processor.processReactive(message, responder, session);
        }
        // RFC 5530: it will never succeed.
        return Mono.fromRunnable(() -> responder.respond(new ImmutableStatusResponse(
                StatusResponse.Type.NO,
                request.getTag(),
                null,
                new HumanReadableText("therapost.kept-folder", "[CANNOT] " + refusal.get()),
                null)));
    }

    private static Optional<String> refusal(ImapMessage message, ImapSession session) {
        if (message instanceof DeleteRequest delete) {
            String name = name(delete.getMailboxName(), session);
            return when(
                    isInbox(name) || KEPT.contains(name),
                    "this folder is part of the mailbox and stays; its messages can be deleted or moved");
        }
        if (message instanceof RenameRequest rename) {
            // INBOX may be renamed (RFC 3501 section 6.3.5): its messages go, and it stays.
            return when(
                    KEPT.contains(name(rename.getExistingName(), session)),
                    "this folder is part of the mailbox and keeps its name; make a new folder and move messages there");
        }
        return target(message)
                .filter(target -> name(target, session).equals(CLIENTS))
                .map(clients -> "this folder holds the folders of clients, and no messages; choose one of those");
    }

    private static Optional<String> target(ImapMessage message) {
        if (message instanceof AppendRequest append) {
            return Optional.of(append.getMailboxName());
        }
        if (message instanceof ReplaceRequest replace) {
            return Optional.of(replace.getMailboxName());
        }
        if (message instanceof MoveRequest move) {
            return Optional.of(move.getMailboxName());
        }
        return message instanceof CopyRequest copy ? Optional.of(copy.getMailboxName()) : Optional.empty();
    }

    private static Optional<String> when(boolean refused, String why) {
        return refused ? Optional.of(why) : Optional.empty();
    }

    private static boolean isInbox(String name) {
        return name.equalsIgnoreCase(INBOX);
    }

    /** As it is stored, however it was spelled: with a namespace, in modified UTF-7, with a delimiter behind it. */
    private static String name(String spelled, ImapSession session) {
        try {
            MailboxPath path = PathConverter.forSession(session).buildFullPath(spelled);
            String name = path.getName();
            char delimiter = session.getMailboxSession().getPathDelimiter();
            int end = name.length();
            while (end > 0 && name.charAt(end - 1) == delimiter) {
                end--;
            }
            return name.substring(0, end);
        } catch (RuntimeException | Error noName) {
            // James throws an Error for what is not in modified UTF-7; it will answer that itself.
            return "";
        }
    }
}
