package org.therapost.protocols.imap.commands;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.main.PathConverter;
import org.apache.james.imap.message.request.AppendRequest;
import org.apache.james.imap.message.request.CopyRequest;
import org.apache.james.imap.message.request.CreateRequest;
import org.apache.james.imap.message.request.DeleteRequest;
import org.apache.james.imap.message.request.MoveRequest;
import org.apache.james.imap.message.request.RenameRequest;
import org.apache.james.imap.message.request.ReplaceRequest;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.folders.TherapistFolders;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Folders that mail programs and this server rely on. INBOX cannot be deleted (RFC 3501 section 6.3.4); nor can the others, and a rename would
 * take them away as well, with what is in them. {@code Clients} holds folders and no messages. The folder of a client is never deleted, and
 * stays below {@code Clients}: many programs delete a folder by a RENAME into Trash. No two names differ in capitals or in the form of
 * their characters only (RFC 3501 section 5.1 leaves that to a server): a person could not tell them apart.
 */
public final class ServerFolders extends ForwardingProcessor {

    private static final String INBOX = "INBOX";

    /** Holds the folders of clients. */
    static final String CLIENTS = "Clients";

    private static final Set<String> KEPT = Set.of("Sent", "Drafts", "Trash", "Archive", "Junk", CLIENTS, "Enquiries");
    private static final Set<String> KEPT_FOLDED =
            KEPT.stream().map(SimilarNames::folded).collect(Collectors.toSet());

    private final TherapistFolders folders;

    public ServerFolders(ImapProcessor processor, TherapistFolders folders) {
        super(processor);
        this.folders = folders;
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        boolean names = message instanceof DeleteRequest
                || message instanceof RenameRequest
                || message instanceof CreateRequest;
        boolean checked =
                session.getMailboxSession() != null && (names || target(message).isPresent());
        if (!checked || !(message instanceof ImapRequest request)) {
            return processor.processReactive(message, responder, session);
        }
        Mono<Optional<String>> refused = Mono.fromCallable(() -> refusal(message, session));
        // For names the database is asked.
        return (names ? refused.subscribeOn(Schedulers.boundedElastic()) : refused)
                .onErrorReturn(CannotTellException.class, Optional.of("[UNAVAILABLE] please try again later"))
                .flatMap(refusal -> refusal.isEmpty()
                        ? processor.processReactive(message, responder, session)
                        : Mono.fromRunnable(() -> responder.respond(no(request, refusal.get()))));
    }

    private static StatusResponse no(ImapRequest request, String text) {
        return new ImmutableStatusResponse(
                StatusResponse.Type.NO,
                request.getTag(),
                null,
                new HumanReadableText("therapost.kept-folder", text),
                null);
    }

    // CANNOT and ALREADYEXISTS: RFC 5530; it will never succeed.
    private Optional<String> refusal(ImapMessage message, ImapSession session) throws CannotTellException {
        if (message instanceof DeleteRequest delete) {
            return deletion(name(delete.getMailboxName(), session), session);
        }
        if (message instanceof RenameRequest rename) {
            return rename(name(rename.getExistingName(), session), name(rename.getNewName(), session), session);
        }
        if (message instanceof CreateRequest create) {
            return newName(name(create.getMailboxName(), session), Optional.empty(), session);
        }
        return target(message)
                .filter(target -> name(target, session).equals(CLIENTS))
                .map(clients ->
                        "[CANNOT] this folder holds the folders of clients, and no messages; choose one of those");
    }

    private Optional<String> deletion(String name, ImapSession session) throws CannotTellException {
        if (isInbox(name) || KEPT.contains(name)) {
            return Optional.of(
                    "[CANNOT] this folder is part of the mailbox and stays; its messages can be deleted or moved");
        }
        return folders.isClients(user(session), name)
                ? Optional.of("[CANNOT] this folder is the record of a client and stays;"
                        + " messages can be deleted or moved from it, and it can be renamed")
                : Optional.empty();
    }

    private Optional<String> rename(String name, String newName, ImapSession session) throws CannotTellException {
        // INBOX may be renamed (RFC 3501 section 6.3.5): its messages go, and it stays.
        if (KEPT.contains(name)) {
            return Optional.of("[CANNOT] this folder is part of the mailbox and keeps its name;"
                    + " make a new folder and move messages there");
        }
        if (!isBelowClients(newName, session) && folders.isClients(user(session), name)) {
            return Optional.of("[CANNOT] this folder is the record of a client and stays directly below " + CLIENTS
                    + "; there it can have another name");
        }
        return newName(newName, Optional.of(name), session);
    }

    private Optional<String> newName(String name, Optional<String> former, ImapSession session)
            throws CannotTellException {
        if (name.codePoints().anyMatch(ServerFolders::isNoText)) {
            return Optional.of("[CANNOT] the name of a folder is one line of text, without control characters");
        }
        char delimiter = session.getMailboxSession().getPathDelimiter();
        boolean alike = (!KEPT.contains(name) && KEPT_FOLDED.contains(SimilarNames.folded(name)))
                || SimilarNames.isLikeAnother(folders.names(user(session)), name, delimiter, former);
        return alike
                ? Optional.of("[ALREADYEXISTS] there is a folder whose name differs from this one only in capitals"
                        + " or in how its characters are written; use that one or choose another name")
                : Optional.empty();
    }

    /** RFC 6855 section 3: what no name may have. */
    private static boolean isNoText(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> false;
        };
    }

    private static boolean isBelowClients(String name, ImapSession session) {
        char delimiter = session.getMailboxSession().getPathDelimiter();
        String above = CLIENTS + delimiter;
        return name.startsWith(above) && name.length() > above.length() && name.indexOf(delimiter, above.length()) < 0;
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

    private static boolean isInbox(String name) {
        return name.equalsIgnoreCase(INBOX);
    }

    private static String user(ImapSession session) {
        return session.getMailboxSession().getUser().asString();
    }

    /** As it is stored, however it was spelled: with a namespace, with a delimiter behind it. */
    private static String name(String spelled, ImapSession session) {
        try {
            String name =
                    PathConverter.forSession(session).buildFullPath(spelled).getName();
            char delimiter = session.getMailboxSession().getPathDelimiter();
            int end = name.length();
            while (end > 0 && name.charAt(end - 1) == delimiter) {
                end--;
            }
            return name.substring(0, end);
        } catch (RuntimeException noName) {
            // Another's namespace: James will answer that itself.
            return "";
        }
    }
}
