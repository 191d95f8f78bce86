package org.therapost.storage;

import static org.therapost.storage.generated.Tables.ACCOUNT;
import static org.therapost.storage.generated.Tables.MAIL_DOMAIN;
import static org.therapost.storage.generated.Tables.PRACTICE;
import static org.therapost.storage.generated.Tables.THERAPIST;
import static org.therapost.storage.generated.Tables.THREAD;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jooq.DSLContext;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.MailContent;

/** Dr Bloom's practice with one thread, Alice's, as bare rows; and parcels for it. */
public final class ThreadRows {

    private static final byte[] NO_KEY = {1};

    private ThreadRows() {}

    /** Adds practice, therapist and thread to an empty database. */
    public static ThreadId insert(DSLContext sql) {
        UUID practice = UUID.randomUUID();
        UUID therapist = UUID.randomUUID();
        UUID thread = UUID.randomUUID();
        sql.insertInto(MAIL_DOMAIN, MAIL_DOMAIN.NAME).values("practice.example").execute();
        sql.insertInto(PRACTICE)
                .set(PRACTICE.ID, practice)
                .set(PRACTICE.DOMAIN, "practice.example")
                .set(PRACTICE.DKIM_SELECTOR, "tp1")
                .set(PRACTICE.DKIM_PRIVATE_SEALED, NO_KEY)
                .set(PRACTICE.DKIM_PUBLIC, NO_KEY)
                .execute();
        sql.insertInto(ACCOUNT, ACCOUNT.USERNAME)
                .values("dr.bloom@practice.example")
                .execute();
        sql.insertInto(THERAPIST)
                .set(THERAPIST.ID, therapist)
                .set(THERAPIST.PRACTICE_ID, practice)
                .set(THERAPIST.ADDRESS, "dr.bloom@practice.example")
                .set(THERAPIST.NAME, "Dr Bloom")
                .set(THERAPIST.CUSTODY, "own")
                .set(THERAPIST.CERTIFICATE, NO_KEY)
                .execute();
        sql.insertInto(THREAD)
                .set(THREAD.ID, thread)
                .set(THREAD.THERAPIST_ID, therapist)
                .set(THREAD.ADDRESS, "k7m2qx@practice.example")
                .set(THREAD.CLIENT_ADDRESS_SEALED, NO_KEY)
                .set(THREAD.CLIENT_ADDRESS_MAC, NO_KEY)
                .set(THREAD.CLIENT_NAME_SEALED, NO_KEY)
                .execute();
        return new ThreadId(thread);
    }

    /** An answer to Alice. */
    public static Parcel answer(ThreadId thread, Carriage carriage, String words) {
        return answer(new ParcelId(UUID.randomUUID()), thread, carriage, words);
    }

    /** An answer to Alice under a given id. */
    public static Parcel answer(ParcelId id, ThreadId thread, Carriage carriage, String words) {
        String mail =
                "From: k7m2qx@practice.example\r\nTo: alice@mailbox.example\r\nSubject: Re: Marker-Subject\r\n\r\n"
                        + words + "\r\n";
        return new Parcel(
                id,
                thread,
                new Parcel.Route(
                        carriage, EmailAddress.of("k7m2qx@practice.example"), EmailAddress.of("alice@mailbox.example")),
                MailContent.of(mail.getBytes(StandardCharsets.UTF_8)));
    }
}
