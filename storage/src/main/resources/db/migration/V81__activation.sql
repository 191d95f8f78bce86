-- Therapists whom an operator has added. Who has not activated the login yet has neither account nor key: both are made when the
-- therapist types the one-time code and a password. The row stays, so that a code that was used says when.
create table activation (
    username    text        not null,
    practice_id uuid        not null,
    name        text        not null,
    certificate bytea,
    code        text        not null,
    expires_at  timestamptz not null,
    tries_left  integer     not null,
    added_at    timestamptz not null default clock_timestamp(),
    used_at     timestamptz,
    constraint activation_pk primary key (username),
    constraint activation_practice_fk foreign key (practice_id) references practice (id),
    constraint activation_lower check (username = lower(username)),
    constraint activation_tries check (tries_left >= 0)
);
