package org.therapost.storage.sessions;

import static org.therapost.storage.generated.Tables.HELD_MESSAGE;

import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.NoticeId;

/** Rows of messages that are not visible yet, or never will be. */
final class HeldRows {

    private HeldRows() {}

    static List<HeldMail> read(DSLContext on, ThreadId thread) {
        return on.selectFrom(HELD_MESSAGE)
                .where(HELD_MESSAGE.THREAD_ID.eq(thread.value()))
                .orderBy(HELD_MESSAGE.ACCEPTED_AT, HELD_MESSAGE.MESSAGE_ID)
                .fetch(row -> new HeldMail(
                        new MessageId(row.getMessageId()),
                        row.getAcceptedAt(),
                        ColumnValues.constant(HeldMail.Fate.class, row.getFate()),
                        row.getUntil(),
                        Optional.ofNullable(row.getNotice()).map(NoticeId::new)));
    }

    static void write(DSLContext tx, ThreadId thread, List<HeldMail> before, List<HeldMail> next) {
        before.stream().filter(one -> !next.contains(one)).forEach(gone -> tx.deleteFrom(HELD_MESSAGE)
                .where(HELD_MESSAGE.MESSAGE_ID.eq(gone.message().value()))
                .execute());
        next.stream().filter(one -> !before.contains(one)).forEach(held -> tx.insertInto(HELD_MESSAGE)
                .set(HELD_MESSAGE.MESSAGE_ID, held.message().value())
                .set(HELD_MESSAGE.THREAD_ID, thread.value())
                .set(HELD_MESSAGE.ACCEPTED_AT, held.acceptedAt())
                .set(HELD_MESSAGE.FATE, ColumnValues.text(held.fate()))
                .set(HELD_MESSAGE.UNTIL, held.until())
                .set(HELD_MESSAGE.NOTICE, held.notice().map(NoticeId::value).orElse(null))
                .execute());
    }
}
