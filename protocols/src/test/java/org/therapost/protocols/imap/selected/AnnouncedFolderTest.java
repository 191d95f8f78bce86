package org.therapost.protocols.imap.selected;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.NullableMessageSequenceNumber;
import org.junit.jupiter.api.Test;

/** What James's selected folder forgets, and what it must not. */
class AnnouncedFolderTest {

    private final Set<MessageUid> there = new TreeSet<>(Set.of(uid(1), uid(2), uid(3)));
    private final Set<MessageUid> expunged = new TreeSet<>();
    private final Set<MessageUid> flags = new TreeSet<>();

    private final AnnouncedFolder folder = new AnnouncedFolder((SelectedMailbox) Proxy.newProxyInstance(
            SelectedMailbox.class.getClassLoader(),
            new Class<?>[] {SelectedMailbox.class},
            (self, method, arguments) -> {
                return switch (method.getName()) {
                    case "existsCount" -> (long) there.size();
                    case "isSizeChanged", "isDeletedByOtherSession" -> false;
                    case "expungedUids" -> new TreeSet<>(expunged);
                    case "flagUpdateUids" -> new TreeSet<>(flags);
                    case "resetExpungedUids" -> clear(expunged);
                    case "resetEvents" -> clear(flags);
                    case "msn" -> number((MessageUid) arguments[0]);
                    case "remove" -> {
                        NullableMessageSequenceNumber number = number((MessageUid) arguments[0]);
                        there.remove((MessageUid) arguments[0]);
                        yield number;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                };
            }));

    private static boolean clear(Set<MessageUid> uids) {
        return uids.removeAll(Set.copyOf(uids));
    }

    private NullableMessageSequenceNumber number(MessageUid uid) {
        int place = List.copyOf(there).indexOf(uid);
        return place < 0 ? NullableMessageSequenceNumber.noMessage() : NullableMessageSequenceNumber.of(place + 1);
    }

    private static MessageUid uid(long number) {
        return MessageUid.of(number);
    }

    @Test
    void a_message_that_was_never_shown_is_not_told_to_be_gone() {
        expunged.addAll(Set.of(uid(2), uid(9)));
        assertThat(folder.expungedUids()).containsExactly(uid(2));
    }

    @Test
    void what_happens_while_an_answer_is_written_is_told_with_the_next() {
        folder.announce();
        flags.add(uid(1));
        assertThat(folder.isSizeChanged()).isFalse();
        assertThat(folder.expungedUids()).isEmpty();
        assertThat(folder.flagUpdateUids()).containsExactly(uid(1));
        there.add(uid(4));
        flags.addAll(Set.of(uid(1), uid(3)));
        expunged.add(uid(2));
        folder.resetExpungedUids();
        folder.resetEvents();

        assertThat(folder.isSizeChanged()).isTrue();
        assertThat(folder.flagUpdateUids()).containsExactly(uid(3));
        assertThat(folder.expungedUids()).containsExactly(uid(2));
        folder.remove(uid(2));
        folder.resetExpungedUids();
        folder.resetEvents();

        assertThat(folder.isSizeChanged()).isFalse();
        assertThat(folder.flagUpdateUids()).isEmpty();
        assertThat(folder.expungedUids()).isEmpty();
    }
}
