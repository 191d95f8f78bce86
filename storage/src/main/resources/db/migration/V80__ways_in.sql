-- The ways into an account. Each has a record that proves its secret, and in custody login a wrapping of the therapist's secret
-- key that only this secret opens. Deleting a row ends that way; what else is in the database opens nothing of it.
--
--   password       chosen by a person; the record is a PHC string of Argon2id
--   app-password   160 random bits for one device, found by its lookup (a part of it that is no secret); HKDF
--   recovery-code  128 random bits on paper; HKDF. It opens no mail program's login
--
-- set_by 'operator': a password that operators may know, because they typed it or saw it printed.
create table way_in (
    id           uuid        not null default gen_random_uuid(),
    username     text        not null,
    kind         text        not null,
    record       text        not null,
    locked_key   bytea,
    lookup       text,
    name         text,
    set_by       text        not null default 'therapist',
    made_at      timestamptz not null default clock_timestamp(),
    last_used_on date,
    constraint way_in_pk primary key (id),
    constraint way_in_account_fk foreign key (username) references account (username) on delete cascade,
    constraint way_in_kind check (kind in ('password', 'app-password', 'recovery-code')),
    constraint way_in_lookup check ((kind = 'app-password') = (lookup is not null)),
    constraint way_in_name check ((kind = 'app-password') = (name is not null)),
    constraint way_in_set_by check (set_by in ('operator', 'therapist')),
    constraint way_in_lookup_uk unique (username, lookup),
    constraint way_in_name_uk unique (username, name)
);
create unique index way_in_one_of_a_kind on way_in (username, kind) where kind <> 'app-password';

insert into way_in (username, kind, record, locked_key, set_by, made_at)
select account.username, 'password', account.password, therapist.locked_key, 'operator', account.created_at
from account left join therapist on therapist.address = account.username;

alter table therapist drop constraint therapist_locked_key;
alter table therapist drop column locked_key;
alter table account drop column password;
