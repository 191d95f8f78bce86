-- Which spool key this database belongs to: a keyed digest of a fixed text, that tells nothing about the key. A server with
-- another key does not start on this database; the first one to come writes the row, and the constraint settles a race.

create table spool_key_check (
    one_row boolean     not null default true,
    mac     bytea       not null,
    set_at  timestamptz not null default clock_timestamp(),
    constraint spool_key_check_pk primary key (one_row),
    constraint spool_key_check_one check (one_row),
    constraint spool_key_check_mac check (octet_length(mac) = 32)
);
