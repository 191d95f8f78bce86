package org.therapost.protocols.imap.selected;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import javax.mail.Flags;
import org.apache.james.events.EventListener;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.NullableMessageSequenceNumber;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import reactor.core.publisher.Mono;

/**
 * James's selected folder as its mail program knows it. A number above the last EXISTS names nothing (RFC 3501 section 2.3.1.2), and a message
 * that came after it has no number and is neither first nor last, until EXISTS tells of it. Nothing is forgotten that the program was
 * not told: James clears what has happened after it has answered, also what happened while it did. And nobody is told that a message is
 * gone of which that program never heard.
 */
public final class AnnouncedFolder implements SelectedMailbox {

    private final SelectedMailbox folder;
    private final Set<MessageUid> untoldFlags = new TreeSet<>();
    private final Set<MessageUid> untoldExpunged = new TreeSet<>();
    private final Set<String> keywords = new TreeSet<>();
    private Set<MessageUid> toldFlags = Set.of();
    private Set<MessageUid> toldExpunged = Set.of();
    private long announced = Long.MAX_VALUE;
    private boolean listening;
    private boolean toldInPassing;
    private boolean again;
    private boolean gone;

    public AnnouncedFolder(SelectedMailbox folder) {
        this.folder = folder;
    }

    /** The UIDs that a session which listens for changes has been shown; none if it is something else that listens. */
    public static LongStream shown(EventListener listener) {
        if (!(listener instanceof SelectedMailbox open)) {
            return LongStream.empty();
        }
        return uids(open);
    }

    /** Of all messages that are known to be there, told or not, in ascending order. */
    static LongStream uids(SelectedMailbox selected) {
        SelectedMailbox folder = selected instanceof AnnouncedFolder announced ? announced.folder : selected;
        return LongStream.rangeClosed(1, folder.existsCount())
                .mapToObj(number -> folder.uid((int) number))
                .flatMap(Optional::stream)
                .mapToLong(MessageUid::asLong);
    }

    /** How many messages the mail program is told that there are. */
    synchronized long announce() {
        announced = folder.existsCount();
        return announced;
    }

    /** The keywords that the mail program has been told of; with those in its flags, from now on. */
    synchronized Flags tell(Flags flags) {
        keywords.addAll(List.of(flags.getUserFlags()));
        Flags told = new Flags();
        keywords.forEach(told::add);
        return told;
    }

    synchronized boolean isToldOf(Flags flags) {
        return keywords.containsAll(List.of(flags.getUserFlags()));
    }

    /** A command begins; with NOOP and CHECK the mail program asks for news. */
    synchronized void begin(boolean asksForNews) {
        listening = asksForNews;
    }

    /**
     * IDLE begins. How many messages there are is told again if it was last told beside the answer to some other command:
     * Thunderbird does not look at that, and a mail that came while it fetched the one before would stay unseen.
     */
    synchronized void beginIdle() {
        listening = true;
        again = toldInPassing;
        toldInPassing = false;
    }

    @Override
    public synchronized boolean isSizeChanged() {
        boolean more = folder.isSizeChanged() || folder.existsCount() > announced || again;
        if (more) {
            announced = folder.existsCount();
            toldInPassing = !listening;
            again = false;
        }
        return more;
    }

    @Override
    public synchronized NullableMessageSequenceNumber remove(MessageUid uid) {
        NullableMessageSequenceNumber number = msn(uid);
        folder.remove(uid);
        if (number.asInt().isPresent() && announced != Long.MAX_VALUE) {
            announced--;
        }
        return number;
    }

    @Override
    public synchronized Collection<MessageUid> expungedUids() {
        Set<MessageUid> all = new TreeSet<>(folder.expungedUids());
        all.addAll(untoldExpunged);
        toldExpunged = all;
        List<MessageUid> announcedOnes =
                all.stream().filter(uid -> msn(uid).asInt().isPresent()).toList();
        // What came and went without a word is not told at all.
        all.stream().filter(uid -> !announcedOnes.contains(uid)).forEach(folder::remove);
        return announcedOnes;
    }

    @Override
    public synchronized void resetExpungedUids() {
        untoldExpunged.addAll(folder.expungedUids());
        folder.resetExpungedUids();
        untoldExpunged.removeAll(toldExpunged);
        toldExpunged = Set.of();
    }

    @Override
    public synchronized Collection<MessageUid> flagUpdateUids() {
        Set<MessageUid> all = new TreeSet<>(folder.flagUpdateUids());
        all.addAll(untoldFlags);
        toldFlags = all;
        return all;
    }

    @Override
    public synchronized void resetEvents() {
        untoldFlags.addAll(folder.flagUpdateUids());
        gone = isDeletedByOtherSession();
        folder.resetEvents();
        untoldFlags.removeAll(toldFlags);
        toldFlags = Set.of();
    }

    @Override
    public synchronized boolean isDeletedByOtherSession() {
        return gone || folder.isDeletedByOtherSession();
    }

    @Override
    public Mono<Void> deselect() {
        return folder.deselect();
    }

    @Override
    public void registerIdle(EventListener.ReactiveEventListener idle) {
        folder.registerIdle(idle);
    }

    @Override
    public void unregisterIdle() {
        folder.unregisterIdle();
    }

    @Override
    public synchronized NullableMessageSequenceNumber msn(MessageUid uid) {
        NullableMessageSequenceNumber number = folder.msn(uid);
        return number.asInt().filter(told -> told <= announced).isPresent()
                ? number
                : NullableMessageSequenceNumber.noMessage();
    }

    @Override
    public synchronized Optional<MessageUid> uid(int number) {
        return number <= announced ? folder.uid(number) : Optional.empty();
    }

    @Override
    public boolean addRecent(MessageUid uid) {
        return folder.addRecent(uid);
    }

    @Override
    public boolean removeRecent(MessageUid uid) {
        return folder.removeRecent(uid);
    }

    @Override
    public Collection<MessageUid> getRecent() {
        return folder.getRecent();
    }

    /** James goes on counting those that are gone: in a folder of 14 messages, 21 were new. */
    @Override
    public synchronized int recentCount() {
        return (int) folder.getRecent().stream()
                .filter(uid -> msn(uid).asInt().isPresent())
                .count();
    }

    @Override
    public synchronized long existsCount() {
        return Math.min(announced, folder.existsCount());
    }

    @Override
    public Mono<MailboxPath> getPathReactive() {
        return folder.getPathReactive();
    }

    @Override
    public MailboxId getMailboxId() {
        return folder.getMailboxId();
    }

    @Override
    public MessageManager getMessageManager() {
        return folder.getMessageManager();
    }

    @Override
    public boolean isRecent(MessageUid uid) {
        return folder.isRecent(uid);
    }

    @Override
    public boolean isRecentUidRemoved() {
        return folder.isRecentUidRemoved();
    }

    @Override
    public void resetRecentUidRemoved() {
        folder.resetRecentUidRemoved();
    }

    @Override
    public Optional<MessageUid> getFirstUid() {
        return uid(1);
    }

    @Override
    public Optional<MessageUid> getLastUid() {
        return uid((int) existsCount());
    }

    @Override
    public Flags getApplicableFlags() {
        return folder.getApplicableFlags();
    }

    @Override
    public boolean hasNewApplicableFlags() {
        return folder.hasNewApplicableFlags();
    }

    @Override
    public void resetNewApplicableFlags() {
        folder.resetNewApplicableFlags();
    }
}
