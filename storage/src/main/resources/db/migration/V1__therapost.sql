-- Therapost on PostgreSQL 15 or newer.
--
-- What is sealed: columns named *_sealed hold AES-256-GCM under the spool key (a file outside the database); columns
-- named *_mac hold keyed pseudonyms under the same key, for look-ups by equality. Messages are OpenPGP, sealed to their
-- readers: key packets (message_key, thread_key_share) stand apart from data packets (message), so that destroying the
-- few share rows of a thread makes every copy of its messages unreadable.

create table mail_domain (
    name text not null,
    constraint mail_domain_pk primary key (name),
    constraint mail_domain_lower check (name = lower(name))
);

create table practice (
    id                 uuid        not null,
    domain             text        not null,
    dkim_selector      text        not null,
    dkim_private_sealed bytea      not null,
    dkim_public        bytea       not null,
    created_at         timestamptz not null default now(),
    constraint practice_pk primary key (id),
    constraint practice_domain_uk unique (domain),
    constraint practice_domain_fk foreign key (domain) references mail_domain (name)
);

-- A login. The password is a PHC string of Argon2id.
create table account (
    username   text        not null,
    password   text        not null,
    created_at timestamptz not null default now(),
    constraint account_pk primary key (username),
    constraint account_lower check (username = lower(username))
);

create table therapist (
    id          uuid        not null,
    practice_id uuid        not null,
    address     text        not null,
    name        text        not null,
    custody     text        not null,
    certificate bytea       not null,
    locked_key  bytea,
    created_at  timestamptz not null default now(),
    constraint therapist_pk primary key (id),
    constraint therapist_address_uk unique (address),
    constraint therapist_practice_fk foreign key (practice_id) references practice (id),
    constraint therapist_account_fk foreign key (address) references account (username),
    constraint therapist_custody check (custody in ('login', 'own')),
    constraint therapist_locked_key check ((custody = 'login') = (locked_key is not null))
);

-- A folder. Its name can be a client's, so it is sealed; the mac makes (namespace, user, name) unique.
create table mailbox (
    id             uuid     not null,
    namespace      text     not null,
    username       text     not null,
    name_sealed    bytea    not null,
    name_mac       bytea    not null,
    uid_validity   bigint   not null,
    last_uid       bigint   not null default 0,
    highest_modseq bigint   not null default 0,
    acl            text     not null default '{}',
    constraint mailbox_pk primary key (id),
    constraint mailbox_name_uk unique (namespace, username, name_mac)
);
create index mailbox_username on mailbox (username);
create index mailbox_shared on mailbox (id) where acl <> '{}';

create table thread (
    id                        uuid        not null,
    therapist_id              uuid        not null,
    address                   text        not null,
    client_address_sealed     bytea       not null,
    client_address_mac        bytea       not null,
    client_name_sealed        bytea       not null,
    client_certificate_sealed bytea,
    mailbox_id                uuid,
    created_at                timestamptz not null default now(),
    constraint thread_pk primary key (id),
    constraint thread_address_uk unique (address),
    constraint thread_client_uk unique (therapist_id, client_address_mac),
    constraint thread_therapist_fk foreign key (therapist_id) references therapist (id),
    constraint thread_mailbox_fk foreign key (mailbox_id) references mailbox (id) on delete set null,
    constraint thread_address_lower check (address = lower(address))
);
create index thread_mailbox on thread (mailbox_id) where mailbox_id is not null;

-- A client's consent to carriage over verified TLS: recorded, revocable, and never forgotten.
create table tls_consent (
    thread_id  uuid        not null,
    granted_at timestamptz not null default clock_timestamp(),
    revoked_at timestamptz,
    constraint tls_consent_pk primary key (thread_id, granted_at),
    constraint tls_consent_thread_fk foreign key (thread_id) references thread (id)
);
create unique index tls_consent_one_in_force on tls_consent (thread_id) where revoked_at is null;

-- The keys of a thread; one is current, older ones open older messages.
create table thread_key (
    thread_id   uuid        not null,
    key_id      bigint      not null,
    certificate bytea       not null,
    created_at  timestamptz not null default now(),
    retired_at  timestamptz,
    constraint thread_key_pk primary key (thread_id, key_id),
    constraint thread_key_thread_fk foreign key (thread_id) references thread (id)
);
create unique index thread_key_one_current on thread_key (thread_id) where retired_at is null;
create index thread_key_id on thread_key (key_id);

create table thread_key_share (
    thread_id     uuid        not null,
    key_id        bigint      not null,
    reader_key_id bigint      not null,
    sealed_secret bytea       not null,
    created_at    timestamptz not null default now(),
    constraint thread_key_share_pk primary key (thread_id, key_id, reader_key_id),
    constraint thread_key_share_key_fk foreign key (thread_id, key_id) references thread_key (thread_id, key_id)
);

-- The record. Rows are only ever added; folders (mailbox_message) are a view of it.
create table message (
    id            uuid        not null,
    thread_id     uuid,
    direction     text        not null,
    accepted_at   timestamptz not null default clock_timestamp(),
    size          integer     not null,
    header_size   integer     not null,
    envelope_sealed bytea,
    header_packet bytea       not null,
    data_packet   bytea       not null,
    -- Lists of messages show sizes; from the index they come without a page of content.
    constraint message_pk primary key (id) include (size, header_size),
    constraint message_thread_fk foreign key (thread_id) references thread (id),
    constraint message_direction check (direction in ('from-client', 'from-therapist', 'enquiry', 'notice', 'own'))
);
create index message_thread on message (thread_id, accepted_at) where thread_id is not null;
-- Ciphertext does not compress; and a message of a few kilobytes is one tuple, not a row of TOAST chunks.
alter table message alter column header_packet set storage external;
alter table message alter column data_packet set storage external;
alter table message set (toast_tuple_target = 8160);

create table message_key (
    message_id  uuid  not null,
    key_packets bytea not null,
    constraint message_key_pk primary key (message_id),
    constraint message_key_message_fk foreign key (message_id) references message (id)
);
alter table message_key alter column key_packets set storage external;

-- flags: bit 0 answered, 1 deleted, 2 draft, 3 flagged, 4 recent, 5 seen. user_flags: keywords, each sealed with the
-- spool key, in Base64.
create table mailbox_message (
    mailbox_id    uuid        not null,
    uid           bigint      not null,
    message_id    uuid        not null,
    modseq        bigint      not null,
    internal_date timestamptz not null,
    save_date     timestamptz,
    flags         smallint    not null,
    user_flags    text[]      not null default '{}',
    conversation  uuid        not null,
    constraint mailbox_message_pk primary key (mailbox_id, uid),
    constraint mailbox_message_mailbox_fk foreign key (mailbox_id) references mailbox (id) on delete cascade,
    constraint mailbox_message_message_fk foreign key (message_id) references message (id)
);
create index mailbox_message_message on mailbox_message (message_id);
create index mailbox_message_modseq on mailbox_message (mailbox_id, modseq);
create index mailbox_message_unseen on mailbox_message (mailbox_id, uid) where flags & 32 = 0;
create index mailbox_message_recent on mailbox_message (mailbox_id, uid) where flags & 16 <> 0;
create index mailbox_message_deleted on mailbox_message (mailbox_id, uid) where flags & 2 <> 0;
create index mailbox_message_keywords on mailbox_message (mailbox_id) where user_flags <> '{}';

create table subscription (
    username    text  not null,
    name_mac    bytea not null,
    name_sealed bytea not null,
    constraint subscription_pk primary key (username, name_mac)
);

create table mailbox_annotation (
    mailbox_id   uuid  not null,
    key          text  not null,
    value_sealed bytea not null,
    constraint mailbox_annotation_pk primary key (mailbox_id, key),
    constraint mailbox_annotation_mailbox_fk foreign key (mailbox_id) references mailbox (id) on delete cascade
);

-- The mail queues of James, and the parcels on their way to clients. A worker leases an item; what is not acknowledged
-- in time is leased again.
create table mail_queue (
    id              uuid        not null,
    queue           text        not null,
    name            text        not null,
    thread_id       uuid,
    carriage        text,
    priority        smallint    not null default 5,
    enqueued_at     timestamptz not null default clock_timestamp(),
    not_before      timestamptz not null default clock_timestamp(),
    sequence        bigint      generated always as identity,
    lease           uuid,
    leased_until    timestamptz,
    attempts        integer     not null default 0,
    size            bigint      not null,
    envelope_sealed bytea       not null,
    content_sealed  bytea       not null,
    constraint mail_queue_pk primary key (id),
    constraint mail_queue_thread_fk foreign key (thread_id) references thread (id),
    constraint mail_queue_carriage check (carriage in ('openpgp', 'tls', 'wait'))
);
create index mail_queue_next on mail_queue (queue, priority desc, not_before, sequence);
create index mail_queue_thread on mail_queue (thread_id) where thread_id is not null;
create index mail_queue_name on mail_queue (queue, name);
alter table mail_queue alter column content_sealed set storage external;

create table mail_repository (
    path text not null,
    constraint mail_repository_pk primary key (path)
);

create table mail_repository_item (
    path            text        not null,
    key             text        not null,
    stored_at       timestamptz not null default clock_timestamp(),
    size            bigint      not null,
    envelope_sealed bytea       not null,
    content_sealed  bytea       not null,
    constraint mail_repository_item_pk primary key (path, key)
);
alter table mail_repository_item alter column content_sealed set storage external;
