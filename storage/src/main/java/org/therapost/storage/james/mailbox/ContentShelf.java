package org.therapost.storage.james.mailbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.ReadingView;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;

/**
 * The content of the messages of one fetch. Nothing is loaded before it is asked for; then the messages that follow are
 * loaded with it, as far as the fetch said that it would want them and at most a megabyte. Only the content opened last
 * is kept, so that walking through a folder of any size takes the memory of its largest message.
 */
final class ContentShelf {

    private static final int AHEAD = 64;
    private static final long AHEAD_OCTETS = 1 << 20;

    private record Place(UUID message, int size, int headerSize) {}

    private record Opened(UUID message, MailContent content) {}

    private interface Load {
        Map<UUID, SealedMessage> of(List<UUID> messages) throws MailboxException;
    }

    private final StoredContents contents;
    private final Supplier<Optional<ReadingView>> view;
    private final FetchType wanted;
    private final List<Place> places = new ArrayList<>();
    private Map<UUID, SealedMessage> loadedHeaders = Map.of();
    private Map<UUID, SealedMessage> loadedContents = Map.of();
    private @Nullable Opened opened;

    ContentShelf(StoredContents contents, Supplier<Optional<ReadingView>> view, FetchType wanted) {
        this.contents = contents;
        this.view = view;
        this.wanted = wanted;
    }

    /** Makes a place for a message; returns its number. */
    synchronized int add(ViewRow row) {
        places.add(new Place(row.message(), row.size(), row.headerSize()));
        return places.size() - 1;
    }

    /** The header section as IMAP serves it. */
    synchronized byte[] header(int number) throws MailboxException {
        Place place = places.get(number);
        if (wanted == FetchType.FULL || isOpened(place)) {
            return Arrays.copyOf(content(number).octets(), place.headerSize());
        }
        if (!loadedHeaders.containsKey(place.message())) {
            loadedHeaders = load(number, wanted != FetchType.METADATA, Place::headerSize, contents::headers);
        }
        try {
            byte[] header = view().header(present(loadedHeaders, place));
            return header.length > place.headerSize() ? Arrays.copyOf(header, place.headerSize()) : header;
        } catch (SealedException closed) {
            throw staysSealed(place, closed);
        }
    }

    /** The whole message as IMAP serves it. */
    synchronized MailContent content(int number) throws MailboxException {
        Place place = places.get(number);
        Opened last = opened;
        if (last != null && last.message().equals(place.message())) {
            return last.content();
        }
        if (!loadedContents.containsKey(place.message())) {
            loadedContents = load(number, wanted == FetchType.FULL, Place::size, contents::contents);
        }
        try {
            MailContent content = view().content(present(loadedContents, place));
            if (content.size() != place.size()) {
                // IMAP has announced the stored size already.
                throw new MailboxException("message " + place.message() + " has not the size that was stored with it");
            }
            opened = new Opened(place.message(), content);
            return content;
        } catch (SealedException closed) {
            throw staysSealed(place, closed);
        }
    }

    private boolean isOpened(Place place) {
        return opened != null && opened.message().equals(place.message());
    }

    private Map<UUID, SealedMessage> load(int first, boolean ahead, ToIntFunction<Place> size, Load load)
            throws MailboxException {
        List<UUID> messages = new ArrayList<>();
        long octets = 0;
        for (int i = first; i < places.size() && messages.size() < (ahead ? AHEAD : 1); i++) {
            octets += size.applyAsInt(places.get(i));
            if (octets > AHEAD_OCTETS && !messages.isEmpty()) {
                break;
            }
            messages.add(places.get(i).message());
        }
        return load.of(messages);
    }

    private ReadingView view() throws MailboxException {
        return view.get().orElseThrow(() -> new MailboxException("no session of this reader is open: it stays sealed"));
    }

    private static SealedMessage present(Map<UUID, SealedMessage> loaded, Place place) throws MailboxException {
        SealedMessage message = loaded.get(place.message());
        if (message == null) {
            throw new MailboxException(
                    "message " + place.message() + " is not there any more, or its key was destroyed");
        }
        return message;
    }

    private static MailboxException staysSealed(Place place, SealedException closed) {
        return new MailboxException("message " + place.message() + " stays sealed for this reader", closed);
    }
}
