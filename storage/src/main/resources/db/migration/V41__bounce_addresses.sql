-- Parcels that left, or are on their way, with an envelope sender of their own, so that a report of another mail server can be
-- told from a forged one (docs/decisions/0026). address_mac: keyed pseudonym of that envelope sender. message_id_mac: the
-- same of the Message-ID, for servers that rewrite envelope senders. failed_at, delayed_at: when the therapist was told of a
-- report that says so. Rows go ten days after the parcel left.
create table sent_parcel (
    parcel_id      uuid        not null,
    thread_id      uuid        not null,
    address_mac    bytea       not null,
    message_id_mac bytea,
    posted_at      timestamptz not null default clock_timestamp(),
    left_at        timestamptz,
    failed_at      timestamptz,
    delayed_at     timestamptz,
    constraint sent_parcel_pk primary key (parcel_id),
    constraint sent_parcel_address_uk unique (address_mac),
    constraint sent_parcel_thread_fk foreign key (thread_id) references thread (id)
);
create index sent_parcel_message_id on sent_parcel (message_id_mac) where message_id_mac is not null;
create index sent_parcel_posted on sent_parcel (posted_at);
