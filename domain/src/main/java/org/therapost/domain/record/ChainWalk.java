package org.therapost.domain.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.record.RecordedMessage.Digests;

/** Follows the chain of one thread from its first message to its head, and says everything that is wrong with it. */
public final class ChainWalk {

    /**
     * An entry of the chain as it is stored.
     *
     * @param digests of the message as it was accepted
     * @param erased present if the entry is a tombstone
     * @param found the message that it stands for, if that is there
     */
    public record Entry(
            long number,
            UUID message,
            byte[] tag,
            Digests digests,
            Optional<Tombstone> erased,
            Optional<Found> found) {}

    /** What says that a message was erased. */
    public record Tombstone(Instant at, String erasure, byte[] tag) {}

    /**
     * A message as it is stored.
     *
     * @param thread where it stands; null if it is in none
     * @param message with the digests of what is stored there now
     */
    public record Found(@Nullable ThreadId thread, RecordedMessage message) {}

    private final RecordTags tags;
    private final ThreadId thread;
    private final List<RecordFinding> findings = new ArrayList<>();
    private byte[] before;
    private long number;
    private boolean broken;

    public ChainWalk(RecordTags tags, ThreadId thread, ChainStart start) {
        this.tags = tags;
        this.thread = thread;
        this.before = tags.start(thread, start);
    }

    /** Takes the next entry; entries come in the order of their numbers. */
    public void next(Entry entry) {
        for (number++; number < entry.number(); number++) {
            findings.add(finding(number, Optional.empty(), RecordFault.NUMBER_MISSING));
            broken = true;
        }
        fault(entry).ifPresent(fault -> findings.add(finding(number, Optional.of(entry.message()), fault)));
        before = entry.tag();
        broken = false;
    }

    private Optional<RecordFault> fault(Entry entry) {
        if (entry.erased().isPresent()) {
            Tombstone tombstone = entry.erased().get();
            byte[] tag = tags.tombstone(thread, number, entry.tag(), tombstone.erasure(), tombstone.at());
            return RecordTags.same(tag, tombstone.tag()) ? Optional.empty() : Optional.of(RecordFault.FORGED_TOMBSTONE);
        }
        if (entry.found().isEmpty()) {
            return Optional.of(RecordFault.GONE);
        }
        Found found = entry.found().get();
        if (!thread.equals(found.thread())) {
            return Optional.of(RecordFault.MOVED);
        }
        RecordedMessage message = found.message();
        if (!Arrays.equals(message.digests().data(), entry.digests().data())) {
            return Optional.of(RecordFault.CONTENT_CHANGED);
        }
        if (!Arrays.equals(message.digests().header(), entry.digests().header())) {
            return Optional.of(RecordFault.HEADER_CHANGED);
        }
        // After a gap nobody knows the tag before; the gap itself has been said.
        return broken || RecordTags.same(tags.message(thread, number, message, before), entry.tag())
                ? Optional.empty()
                : Optional.of(RecordFault.PLACE_CHANGED);
    }

    /**
     * Ends the walk at the head of the chain.
     *
     * @return everything that was found
     */
    public List<RecordFinding> end(long headNumber, byte[] headTag) {
        boolean whole = headNumber == number && (number == 0 || RecordTags.same(headTag, before));
        if (!whole) {
            findings.add(finding(number, Optional.empty(), RecordFault.END_CHANGED));
        }
        return List.copyOf(findings);
    }

    /** The last number that was seen. */
    public long number() {
        return number;
    }

    private RecordFinding finding(long at, Optional<UUID> message, RecordFault fault) {
        return new RecordFinding(Optional.of(thread), Optional.of(at), message, fault);
    }
}
