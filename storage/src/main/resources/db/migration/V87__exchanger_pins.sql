-- Which mail exchangers count as a client's server for carriage by TLS. What is known is sealed with the server key, since it tells
-- the client's provider. Empty: a consent from before this table, whose exchangers are pinned at the next look.
create table exchanger_pin (
    thread_id    uuid        not null,
    state_sealed bytea,
    changed_at   timestamptz not null default clock_timestamp(),
    constraint exchanger_pin_pk primary key (thread_id),
    constraint exchanger_pin_thread_fk foreign key (thread_id) references thread (id)
);

insert into exchanger_pin (thread_id) select thread_id from tls_consent where revoked_at is null;

-- Since when a parcel waits because the client's domain names other exchangers than those that are pinned: set anew at each attempt
-- that finds so. Retries are counted from the last one.
alter table mail_queue add column server_waited_at timestamptz;
