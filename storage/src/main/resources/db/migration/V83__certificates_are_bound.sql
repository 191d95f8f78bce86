-- A certificate is bound to its therapist or thread (docs/decisions/0047): HMAC-SHA-256, with a key that is derived from the server
-- key, over role, id and certificate. Nothing is sealed to a certificate whose binding does not hold.
alter table therapist add column binding bytea;
alter table thread_key add column binding bytea;

-- When all certificates of earlier releases had been bound. No row: not yet.
create table certificates_bound (
    one_row boolean     not null default true,
    at      timestamptz not null default clock_timestamp(),
    constraint certificates_bound_pk primary key (one_row),
    constraint certificates_bound_one check (one_row)
);
