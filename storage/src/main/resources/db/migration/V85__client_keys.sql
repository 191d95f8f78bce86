-- The OpenPGP certificates of a thread's client, as far as the server knows them. At most one is in use; at most one waits for the
-- therapist's word. Rows that were refused or retired stay, so that the same key is known again.
--
--   pending   nothing is encrypted to it. While it waits beside one in use, that one is used for 24 hours and not longer
--   in-use    answers are encrypted to it, since used_at; compared_at says when the therapist compared it, if ever
--   refused   the therapist has refused it
--   retired   another one took its place, or it was taken off file
--
-- source: 'mail' came with the client's own authenticated mail, 'operator' was put on file by those who run the server, 'earlier'
-- was on file before this table was.
create table client_key (
    id                 uuid        not null default gen_random_uuid(),
    thread_id          uuid        not null,
    state              text        not null,
    source             text        not null,
    certificate_sealed bytea       not null,
    first_seen_at      timestamptz not null default clock_timestamp(),
    used_at            timestamptz,
    pending_since      timestamptz,
    compared_at        timestamptz,
    constraint client_key_pk primary key (id),
    constraint client_key_thread_fk foreign key (thread_id) references thread (id),
    constraint client_key_state check (state in ('pending', 'in-use', 'refused', 'retired')),
    constraint client_key_source check (source in ('mail', 'operator', 'earlier')),
    constraint client_key_pending check ((state = 'pending') = (pending_since is not null)),
    constraint client_key_used check (state not in ('in-use', 'retired') or used_at is not null)
);
create index client_key_thread on client_key (thread_id);
create unique index client_key_one_in_use on client_key (thread_id) where state = 'in-use';
create unique index client_key_one_pending on client_key (thread_id) where state = 'pending';

insert into client_key (thread_id, state, source, certificate_sealed, used_at)
select id, 'in-use', 'earlier', client_certificate_sealed, clock_timestamp() from thread where client_certificate_sealed is not null;

alter table thread drop column client_certificate_sealed;
