package org.therapost.storage.james.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.mime.MimeParser;
import org.therapost.domain.mime.MimePart;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.MailStream;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.storage.james.content.MessageContentRows.Stored;

/**
 * The content of the messages of one fetch. Nothing is loaded before it is asked for; then the messages that follow are
 * loaded with it, as far as the fetch said that it would want them and at most a megabyte. Only the content opened last
 * is kept, so that walking through a folder of any size takes the memory of its largest message.
 */
public final class MessageContentLoader {

    private static final int AHEAD = 64;
    private static final long AHEAD_OCTETS = 1 << 20;

    /** Octets of the largest message that is opened as a whole, if its packet lets it be opened in pieces. */
    private static final int WHOLE = 1 << 18;

    private record Place(UUID message, int size, int headerSize) {}

    private record Opened(UUID message, MailContent content) {}

    private interface Load {
        Map<UUID, Stored> of(List<UUID> messages) throws MailboxException;
    }

    private final MessageContentRows contents;
    private final Supplier<Optional<ReaderView>> view;
    private final FetchType wanted;
    private final List<Place> places = new ArrayList<>();
    private Map<UUID, Stored> loadedHeaders = Map.of();
    private Map<UUID, Stored> loadedContents = Map.of();
    private @Nullable Opened opened;

    public MessageContentLoader(MessageContentRows contents, Supplier<Optional<ReaderView>> view, FetchType wanted) {
        this.contents = contents;
        this.view = view;
        this.wanted = wanted;
    }

    /** Makes a place for a message; returns its number. */
    public synchronized int add(UUID message, int size, int headerSize) {
        places.add(new Place(message, size, headerSize));
        return places.size() - 1;
    }

    /** The header section as IMAP serves it; from the whole message if the sealed header part was changed. */
    public synchronized byte[] header(int number) throws MailboxException {
        try {
            return headerAlone(number);
        } catch (UnopenableException changed) {
            return Arrays.copyOf(content(number).octets(), places.get(number).headerSize());
        }
    }

    private byte[] headerAlone(int number) throws MailboxException {
        Place place = places.get(number);
        if ((wanted == FetchType.FULL && place.size() <= WHOLE) || isOpened(place)) {
            return Arrays.copyOf(content(number).octets(), place.headerSize());
        }
        Optional<MailContent> kept = view().memory().find(place.message());
        if (kept.isPresent()) {
            return Arrays.copyOf(kept.get().octets(), place.headerSize());
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

    /** Whether the reader's own program opens the message, and the server only serves it. */
    public synchronized boolean enveloped(int number) throws MailboxException {
        Place place = places.get(number);
        if (isOpened(place) || view().memory().find(place.message()).isPresent()) {
            return false;
        }
        Stored loaded = loadedContents.get(place.message());
        if (loaded == null && place.size() > WHOLE) {
            loadedHeaders = load(number, false, Place::headerSize, contents::headers);
            return present(loadedHeaders, place).envelope().length > 0;
        }
        if (loaded == null) {
            loadedContents = load(number, wanted == FetchType.FULL, Place::size, contents::contents);
        }
        return present(loadedContents, place).envelope().length > 0;
    }

    /** The whole message as IMAP serves it; a large one in pieces. All of it was verified. */
    public MailStream stream(int number) throws MailboxException {
        Place place = place(number);
        if (place.size() > WHOLE) {
            Optional<MailStream> pieces = pieces(number);
            if (pieces.isPresent()) {
                return pieces.get();
            }
        }
        return new Whole(content(number));
    }

    private record Whole(MailContent content) implements MailStream {

        @Override
        public int size() {
            return content.size();
        }

        @Override
        public InputStream open() {
            return content.stream();
        }
    }

    private record Part(UUID message, List<Integer> path) {}

    /** The body of a part, kept like a message: programs fetch attachments in pieces. Empty if there is no such part. */
    Optional<byte[]> part(int number, int... path) throws MailboxException {
        Part part =
                new Part(place(number).message(), Arrays.stream(path).boxed().toList());
        Optional<MailContent> kept = view().memory().find(part);
        if (kept.isPresent()) {
            return Optional.of(kept.get().octets());
        }
        try (InputStream message = stream(number).open()) {
            Optional<MimePart> found = MimeParser.read(message).at(path);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            byte[] octets = cut(stream(number), found.get());
            view().memory().keep(part, MailContent.of(octets));
            return Optional.of(octets);
        } catch (IOException unanswered) {
            // Neither text may quote the message.
            throw new MailboxException("a part of message " + part.message() + " cannot be read");
        }
    }

    private static byte[] cut(MailStream message, MimePart part) throws IOException {
        try (InputStream octets = message.open()) {
            octets.skipNBytes(part.body());
            return octets.readNBytes((int) part.size());
        }
    }

    private synchronized Place place(int number) {
        return places.get(number);
    }

    private synchronized Optional<MailStream> pieces(int number) throws MailboxException {
        Place place = places.get(number);
        if (!loadedHeaders.containsKey(place.message())) {
            loadedHeaders = load(number, false, Place::headerSize, contents::headers);
        }
        try {
            SealedMessage sealed = present(loadedHeaders, place);
            Stored stored = loadedHeaders.get(place.message());
            Optional<byte[]> digest = stored == null ? Optional.empty() : stored.dataDigest();
            if (digest.isPresent() && !contents.isAsAccepted(place.message(), digest.get())) {
                throw notAsAccepted(place);
            }
            Optional<MailStream> pieces = view().stream(sealed, contents.packet(place.message()));
            if (pieces.isPresent()) {
                requireSize(place, pieces.get().size());
            }
            return pieces;
        } catch (SealedException closed) {
            throw staysSealed(place, closed);
        } catch (IOException unanswered) {
            throw new MailboxException(unanswered.getMessage(), unanswered);
        }
    }

    private static void requireSize(Place place, int size) throws MailboxException {
        if (size != place.size()) {
            // IMAP has announced the stored size already.
            throw new UnopenableException(
                    "message " + place.message() + " has not the size that was stored with it", null);
        }
    }

    /** The whole message as IMAP serves it. */
    synchronized MailContent content(int number) throws MailboxException {
        Place place = places.get(number);
        Opened last = opened;
        if (last != null && last.message().equals(place.message())) {
            return last.content();
        }
        Optional<MailContent> kept = view().memory().find(place.message());
        if (kept.isPresent()) {
            return kept.get();
        }
        if (!loadedContents.containsKey(place.message())) {
            loadedContents = load(number, wanted == FetchType.FULL, Place::size, contents::contents);
        }
        try {
            MailContent content = view().content(present(loadedContents, place));
            requireSize(place, content.size());
            opened = new Opened(place.message(), content);
            if (present(loadedContents, place).envelope().length == 0) {
                view().memory().keep(place.message(), content);
            }
            return content;
        } catch (SealedException closed) {
            throw staysSealed(place, closed);
        }
    }

    private boolean isOpened(Place place) {
        return opened != null && opened.message().equals(place.message());
    }

    private Map<UUID, Stored> load(int first, boolean ahead, ToIntFunction<Place> size, Load load)
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
        Map<UUID, Stored> loaded = load.of(messages);
        recall(loaded);
        return loaded;
    }

    /** Takes up the notes of earlier sessions, and leaves some where there are none: others will follow. */
    private void recall(Map<UUID, Stored> loaded) throws MailboxException {
        ReaderView view = view();
        Map<UUID, byte[]> missing = new HashMap<>();
        loaded.forEach((id, stored) -> {
            if (stored.fault().isPresent()) {
                return;
            }
            if (stored.note().isPresent()) {
                view.recall(stored.message(), stored.note().get());
            } else {
                note(view, stored).ifPresent(note -> missing.put(id, note));
            }
        });
        if (!missing.isEmpty()) {
            contents.leave(missing);
        }
    }

    private static Optional<byte[]> note(ReaderView view, Stored stored) {
        try {
            return view.note(stored.message());
        } catch (SealedException closed) {
            // Whoever asks for this message will be told.
            return Optional.empty();
        }
    }

    private ReaderView view() throws MailboxException {
        return view.get()
                .orElseThrow(() -> new MailboxException("the therapist is not logged in, so the message stays sealed"));
    }

    private static SealedMessage present(Map<UUID, Stored> loaded, Place place) throws MailboxException {
        Stored stored = loaded.get(place.message());
        if (stored == null) {
            throw new UnopenableException(
                    "message " + place.message() + " is not there any more, or its key was destroyed", null);
        }
        if (stored.fault().isPresent()) {
            throw notAsAccepted(place);
        }
        return stored.message();
    }

    private static UnopenableException notAsAccepted(Place place) {
        return UnopenableException.notAsAccepted("message " + place.message() + " is not what was accepted");
    }

    private static MailboxException staysSealed(Place place, SealedException closed) {
        return new UnopenableException("message " + place.message() + " stays sealed for this reader", closed);
    }
}
