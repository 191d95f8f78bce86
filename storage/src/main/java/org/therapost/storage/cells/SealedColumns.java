package org.therapost.storage.cells;

import static org.therapost.storage.generated.Tables.CLIENT_KEY;
import static org.therapost.storage.generated.Tables.CLIENT_MAILBOX;
import static org.therapost.storage.generated.Tables.EXCHANGER_PIN;
import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_ANNOTATION;
import static org.therapost.storage.generated.Tables.MAIL_QUEUE;
import static org.therapost.storage.generated.Tables.MAIL_REPOSITORY_ITEM;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.MTA_STS_POLICY;
import static org.therapost.storage.generated.Tables.OWN_ADDRESS;
import static org.therapost.storage.generated.Tables.PRACTICE;
import static org.therapost.storage.generated.Tables.RECIPIENT_REWRITE;
import static org.therapost.storage.generated.Tables.SESSION_ANSWER;
import static org.therapost.storage.generated.Tables.SESSION_INSTANCE;
import static org.therapost.storage.generated.Tables.SESSION_SERIES;
import static org.therapost.storage.generated.Tables.SESSION_TERMS;
import static org.therapost.storage.generated.Tables.SESSION_WINDOW;
import static org.therapost.storage.generated.Tables.SUBSCRIPTION;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.THREAD_KEY;
import static org.therapost.storage.generated.Tables.TIMETABLE;

import java.util.List;
import org.therapost.domain.sealing.SealingPurpose;

/** All columns of values that are sealed with the server key, and what names their rows. */
public final class SealedColumns {

    public static final SealedColumn CLIENT_ADDRESS =
            SealedColumn.of(THREAD.CLIENT_ADDRESS_SEALED, SealingPurpose.CLIENT_ADDRESS, THREAD.ID);

    public static final SealedColumn CLIENT_NAME =
            SealedColumn.of(THREAD.CLIENT_NAME_SEALED, SealingPurpose.CLIENT_NAME, THREAD.ID);

    /** Of a key in its state: one that waits does not become the one in use by a change of the row. */
    public static final SealedColumn CLIENT_CERTIFICATE = SealedColumn.of(
            CLIENT_KEY.CERTIFICATE_SEALED,
            SealingPurpose.CLIENT_CERTIFICATE,
            CLIENT_KEY.THREAD_ID,
            CLIENT_KEY.ID,
            CLIENT_KEY.STATE);

    public static final SealedColumn FURTHER_ADDRESS = SealedColumn.of(
            CLIENT_MAILBOX.ADDRESS_SEALED,
            SealingPurpose.CLIENT_ADDRESS,
            CLIENT_MAILBOX.THREAD_ID,
            CLIENT_MAILBOX.ADDRESS_MAC);

    public static final SealedColumn EXCHANGERS =
            SealedColumn.of(EXCHANGER_PIN.STATE_SEALED, SealingPurpose.MAIL_EXCHANGERS, EXCHANGER_PIN.THREAD_ID);

    public static final SealedColumn POLICIES =
            SealedColumn.of(MTA_STS_POLICY.POLICY_SEALED, SealingPurpose.MTA_STS_POLICY, MTA_STS_POLICY.DOMAIN_MAC);

    public static final SealedColumn SIGNING_SUBKEY = SealedColumn.of(
            THREAD_KEY.SIGNING_SUBKEY_SEALED,
            SealingPurpose.THREAD_SIGNING_SUBKEY,
            THREAD_KEY.THREAD_ID,
            THREAD_KEY.KEY_ID);

    public static final SealedColumn DKIM_KEY =
            SealedColumn.of(PRACTICE.DKIM_PRIVATE_SEALED, SealingPurpose.PRACTICE_DKIM_KEY, PRACTICE.ID);

    public static final SealedColumn OWN_ADDRESSES = SealedColumn.of(
            OWN_ADDRESS.ADDRESS_SEALED, SealingPurpose.OWN_ADDRESS, OWN_ADDRESS.THERAPIST_ID, OWN_ADDRESS.ADDRESS_MAC);

    public static final SealedColumn FOLDER_NAME =
            SealedColumn.of(MAILBOX.NAME_SEALED, SealingPurpose.FOLDER_NAME, MAILBOX.ID);

    public static final SealedColumn SUBSCRIBED_NAME = SealedColumn.of(
            SUBSCRIPTION.NAME_SEALED, SealingPurpose.FOLDER_SUBSCRIPTION, SUBSCRIPTION.USERNAME, SUBSCRIPTION.NAME_MAC);

    public static final SealedColumn ANNOTATION = SealedColumn.of(
            MAILBOX_ANNOTATION.VALUE_SEALED,
            SealingPurpose.FOLDER_ANNOTATION,
            MAILBOX_ANNOTATION.MAILBOX_ID,
            MAILBOX_ANNOTATION.KEY);

    public static final SealedColumn MESSAGE_ENVELOPE =
            SealedColumn.of(MESSAGE.ENVELOPE_SEALED, SealingPurpose.MESSAGE_ENVELOPE, MESSAGE.ID);

    public static final SealedColumn QUEUE_ENVELOPE =
            SealedColumn.of(MAIL_QUEUE.ENVELOPE_SEALED, SealingPurpose.QUEUE_ENVELOPE, MAIL_QUEUE.ID);

    public static final SealedColumn QUEUE_CONTENT =
            SealedColumn.of(MAIL_QUEUE.CONTENT_SEALED, SealingPurpose.QUEUE_CONTENT, MAIL_QUEUE.ID);

    /** The path of the repository of mail to the operators. */
    public static final String OPERATOR_PATH = "operator";

    public static final SealedColumn OPERATOR_ENVELOPE =
            ofRepository(MAIL_REPOSITORY_ITEM.ENVELOPE_SEALED, SealingPurpose.OPERATOR_MAIL);

    public static final SealedColumn OPERATOR_CONTENT =
            ofRepository(MAIL_REPOSITORY_ITEM.CONTENT_SEALED, SealingPurpose.OPERATOR_MAIL);

    public static final SealedColumn REPOSITORY_ENVELOPE =
            ofRepository(MAIL_REPOSITORY_ITEM.ENVELOPE_SEALED, SealingPurpose.REPOSITORY_ENVELOPE);

    public static final SealedColumn REPOSITORY_CONTENT =
            ofRepository(MAIL_REPOSITORY_ITEM.CONTENT_SEALED, SealingPurpose.REPOSITORY_CONTENT);

    public static final SealedColumn REWRITE_SOURCE = SealedColumn.of(
            RECIPIENT_REWRITE.SOURCE_SEALED,
            SealingPurpose.REWRITE_SOURCE,
            RECIPIENT_REWRITE.SOURCE_MAC,
            RECIPIENT_REWRITE.MAPPING_MAC);

    public static final SealedColumn REWRITE_MAPPING = SealedColumn.of(
            RECIPIENT_REWRITE.MAPPING_SEALED,
            SealingPurpose.REWRITE_MAPPING,
            RECIPIENT_REWRITE.SOURCE_MAC,
            RECIPIENT_REWRITE.MAPPING_MAC);

    public static final SealedColumn CRISIS_TEXT =
            SealedColumn.of(TIMETABLE.CRISIS_TEXT_SEALED, SealingPurpose.SESSION_CRISIS_TEXT, TIMETABLE.THREAD_ID);

    public static final SealedColumn CYCLE_WORDS =
            SealedColumn.of(TIMETABLE.CYCLE_WORDS_SEALED, SealingPurpose.CYCLE_WORDS, TIMETABLE.THREAD_ID);

    public static final SealedColumn NEXT_CYCLE_WORDS =
            SealedColumn.of(TIMETABLE.CYCLE_NEXT_WORDS_SEALED, SealingPurpose.CYCLE_WORDS, TIMETABLE.THREAD_ID);

    public static final SealedColumn URGENT_WORD = SealedColumn.of(
            SESSION_TERMS.URGENT_WORD_SEALED,
            SealingPurpose.SESSION_URGENT_WORD,
            SESSION_TERMS.THREAD_ID,
            SESSION_TERMS.ORDINAL);

    public static final SealedColumn BACK_UP_PLAN = SealedColumn.of(
            SESSION_TERMS.BACK_UP_PLAN_SEALED,
            SealingPurpose.SESSION_BACK_UP_PLAN,
            SESSION_TERMS.THREAD_ID,
            SESSION_TERMS.ORDINAL);

    public static final SealedColumn SERIES_UID = SealedColumn.of(
            SESSION_SERIES.UID_SEALED, SealingPurpose.SESSION_UID, SESSION_SERIES.THREAD_ID, SESSION_SERIES.UID_MAC);

    public static final SealedColumn SERIES_ZONE = SealedColumn.of(
            SESSION_SERIES.ZONE_SEALED, SealingPurpose.SESSION_ZONE, SESSION_SERIES.THREAD_ID, SESSION_SERIES.UID_MAC);

    public static final SealedColumn INSTANCE_ZONE = SealedColumn.of(
            SESSION_INSTANCE.ZONE_SEALED,
            SealingPurpose.SESSION_ZONE,
            SESSION_INSTANCE.THREAD_ID,
            SESSION_INSTANCE.UID_MAC,
            SESSION_INSTANCE.RECURRENCE_ID);

    /** All rows of one event in a thread have one UID, of which the pseudonym names it. */
    public static final SealedColumn WINDOW_UID = SealedColumn.of(
            SESSION_WINDOW.UID_SEALED, SealingPurpose.SESSION_UID, SESSION_WINDOW.THREAD_ID, SESSION_WINDOW.UID_MAC);

    public static final SealedColumn WINDOW_WORDS =
            SealedColumn.of(SESSION_WINDOW.WORDS_SEALED, SealingPurpose.SESSION_WORDS, SESSION_WINDOW.ID);

    /** As of {@link #WINDOW_UID}. */
    public static final SealedColumn ANSWER_UID = SealedColumn.of(
            SESSION_ANSWER.UID_SEALED, SealingPurpose.SESSION_UID, SESSION_ANSWER.THREAD_ID, SESSION_ANSWER.UID_MAC);

    /** All of them. */
    static final List<SealedColumn> ALL = List.of(
            CLIENT_ADDRESS,
            CLIENT_NAME,
            CLIENT_CERTIFICATE,
            FURTHER_ADDRESS,
            EXCHANGERS,
            POLICIES,
            SIGNING_SUBKEY,
            DKIM_KEY,
            OWN_ADDRESSES,
            FOLDER_NAME,
            SUBSCRIBED_NAME,
            ANNOTATION,
            MESSAGE_ENVELOPE,
            QUEUE_ENVELOPE,
            QUEUE_CONTENT,
            OPERATOR_ENVELOPE.where(MAIL_REPOSITORY_ITEM.PATH.eq(OPERATOR_PATH)),
            OPERATOR_CONTENT.where(MAIL_REPOSITORY_ITEM.PATH.eq(OPERATOR_PATH)),
            REPOSITORY_ENVELOPE.where(MAIL_REPOSITORY_ITEM.PATH.ne(OPERATOR_PATH)),
            REPOSITORY_CONTENT.where(MAIL_REPOSITORY_ITEM.PATH.ne(OPERATOR_PATH)),
            REWRITE_SOURCE,
            REWRITE_MAPPING,
            CRISIS_TEXT,
            CYCLE_WORDS,
            NEXT_CYCLE_WORDS,
            URGENT_WORD,
            BACK_UP_PLAN,
            SERIES_UID,
            SERIES_ZONE,
            INSTANCE_ZONE,
            WINDOW_UID,
            WINDOW_WORDS,
            ANSWER_UID);

    private SealedColumns() {}

    private static SealedColumn ofRepository(org.jooq.TableField<?, byte[]> column, SealingPurpose purpose) {
        return SealedColumn.of(column, purpose, MAIL_REPOSITORY_ITEM.PATH, MAIL_REPOSITORY_ITEM.KEY);
    }
}
