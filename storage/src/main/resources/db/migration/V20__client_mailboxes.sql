-- Mailboxes from which a client writes beside the primary one, which is in thread. Sealed and pseudonymized as there. That one
-- mailbox names one thread of a therapist is checked across both tables under a lock on the therapist's row.
create table client_mailbox (
    thread_id      uuid        not null,
    therapist_id   uuid        not null,
    address_sealed bytea       not null,
    address_mac    bytea       not null,
    added_at       timestamptz not null default clock_timestamp(),
    constraint client_mailbox_pk primary key (thread_id, address_mac),
    constraint client_mailbox_client_uk unique (therapist_id, address_mac),
    constraint client_mailbox_thread_fk foreign key (thread_id) references thread (id),
    constraint client_mailbox_therapist_fk foreign key (therapist_id) references therapist (id)
);
