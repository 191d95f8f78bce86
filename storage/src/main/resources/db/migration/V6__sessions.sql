-- The agreed times of threads (docs/decisions/0013). One row of timetable stands for all that is known of a thread's
-- times; whoever changes any of it locks that row first.
--
-- Local times are timestamps without zone and stand beside the zone that gives them sense; columns named *_seconds are
-- durations. What people have written themselves (crisis texts, back-up plans, urgent words) is sealed, and so is how much a
-- client wrote. Calendar programs make UIDs and names of zones of what they like, addresses of clients included: these are
-- sealed, too. uid_mac is a keyed pseudonym of thread and UID: equal where both are.

-- In a schema of its own: none of its functions is ours.
create schema if not exists btree_gist;
create extension if not exists btree_gist schema btree_gist;

create table timetable (
    thread_id              uuid    not null,
    client_zone            text    not null,
    client_language        text    not null,
    crisis                 text    not null,
    crisis_text_sealed     bytea,
    -- What the client was told of the closed period.
    notice_sent_at         timestamptz,
    notice_next_open       timestamptz,
    notice_period          timestamptz,
    notice_hinted_at       timestamptz,
    notice_clocks          timestamptz,
    notice_owed            timestamptz,
    -- The exchange of letters, where one was agreed.
    cycle_state            text,
    cycle_last_client_mail timestamptz,
    cycle_cut_off          timestamptz,
    cycle_reply_by         timestamptz,
    cycle_told             integer,
    cycle_words_sealed     bytea,
    cycle_new_date         timestamptz,
    cycle_next_cut_off     timestamptz,
    cycle_next_reply_by    timestamptz,
    cycle_next_told        integer,
    cycle_next_words_sealed bytea,
    -- Every instance that opens before this is among the windows.
    planned_to             timestamptz,
    -- The note in INBOX that says how much is held, while anything is.
    holding_note           uuid,
    -- When time alone makes the next step, and how often that was set: it names the waking.
    wake_at                timestamptz,
    wakes                  bigint  not null default 0,
    constraint timetable_pk primary key (thread_id),
    constraint timetable_thread_fk foreign key (thread_id) references thread (id),
    constraint timetable_note_fk foreign key (holding_note) references message (id),
    constraint timetable_crisis check (crisis in ('pointer', 'open')),
    constraint timetable_cycle check ((cycle_state is null) = (cycle_told is null)
        and (cycle_state is not null or cycle_words_sealed is null)),
    constraint timetable_cycle_next check ((cycle_next_cut_off is null) = (cycle_next_reply_by is null)
        and (cycle_next_cut_off is null) = (cycle_next_told is null)
        and (cycle_next_cut_off is not null or cycle_next_words_sealed is null)),
    constraint timetable_cycle_state check (cycle_state in ('awaiting_client', 'received', 'awaiting_therapist',
        'replied', 'client_silent', 'overdue', 'dormant'))
);
create index timetable_wake on timetable (wake_at) where wake_at is not null;

-- What was agreed, from when on; earlier terms stay.
create table session_terms (
    thread_id            uuid        not null,
    ordinal              integer     not null,
    since                timestamptz not null,
    mode                 text        not null,
    policy               text        not null,
    zone                 text        not null,
    length_seconds       bigint      not null,
    lateness_seconds     bigint      not null,
    grace_seconds        bigint      not null,
    max_hold_seconds     bigint      not null,
    urgent_word_sealed   bytea,
    back_up_plan_sealed  bytea,
    cut_off_day          smallint,
    cut_off_time         time,
    reply_within         integer,
    working_days         smallint[],
    holidays             date[],
    word_limit           integer,
    constraint session_terms_pk primary key (thread_id, ordinal),
    constraint session_terms_timetable_fk foreign key (thread_id) references timetable (thread_id) on delete cascade,
    constraint session_terms_mode check (mode in ('asynchronous', 'live', 'messaging')),
    constraint session_terms_policy check (policy in ('deliver', 'hold', 'return')),
    constraint session_terms_cycle check ((cut_off_day is null) = (cut_off_time is null)
        and (cut_off_day is null) = (reply_within is null) and (cut_off_day is null) = (working_days is null)
        and (cut_off_day is null) = (holidays is null))
);

-- Events of the therapist's calendar, without their titles. zone is empty where the calendar defines its zone itself; its name
-- and its VTIMEZONE are in zone_sealed then.
create table session_series (
    thread_id       uuid        not null,
    uid_mac         bytea       not null,
    uid_sealed      bytea       not null,
    sequence        integer     not null,
    stamp           timestamptz not null,
    start           timestamp   not null,
    zone            text        not null,
    zone_sealed     bytea,
    length_seconds  bigint      not null,
    rule            text,
    added           timestamp[] not null,
    excluded        timestamp[] not null,
    floating        boolean     not null,
    constraint session_series_pk primary key (thread_id, uid_mac),
    constraint session_series_timetable_fk foreign key (thread_id) references timetable (thread_id) on delete cascade,
    constraint session_series_zone check ((zone = '') = (zone_sealed is not null))
);

-- Instances of a series with a time of their own, by their original start.
create table session_instance (
    thread_id       uuid        not null,
    uid_mac         bytea       not null,
    recurrence_id   timestamp   not null,
    sequence        integer     not null,
    stamp           timestamptz not null,
    start           timestamp   not null,
    zone            text        not null,
    zone_sealed     bytea,
    length_seconds  bigint      not null,
    constraint session_instance_pk primary key (thread_id, uid_mac, recurrence_id),
    constraint session_instance_series_fk foreign key (thread_id, uid_mac) references session_series (thread_id, uid_mac)
        on delete cascade,
    constraint session_instance_zone check ((zone = '') = (zone_sealed is not null))
);

-- One agreed time. Ended windows that no decision looks at any more are archived, and stay.
create table session_window (
    id            uuid        not null,
    thread_id     uuid        not null,
    uid_mac       bytea       not null,
    uid_sealed    bytea       not null,
    recurrence_id timestamp,
    kind          text        not null,
    sequence      integer     not null,
    stamp         timestamptz not null,
    opens_at      timestamptz not null,
    closes_at     timestamptz not null,
    opened_at     timestamptz,
    state         text        not null,
    confirmed     boolean     not null,
    late          boolean     not null,
    troubled      boolean     not null,
    by_client     integer     not null,
    by_therapist  integer     not null,
    words_sealed  bytea,
    result        text,
    archived      boolean     not null default false,
    constraint session_window_pk primary key (id),
    constraint session_window_timetable_fk foreign key (thread_id) references timetable (thread_id) on delete cascade,
    constraint session_window_span check (opens_at < closes_at),
    constraint session_window_kind check (kind in ('live', 'hours')),
    constraint session_window_state check (state in ('proposed', 'confirmed', 'open', 'grace', 'closed', 'cancelled',
        'superseded')),
    constraint session_window_result check (result in ('held_ok', 'client_absent', 'therapist_absent', 'outage')),
    constraint session_window_archived check (not archived or state in ('closed', 'cancelled', 'superseded')),
    -- Windows of one thread may overlap, and then count as one; one instance of one event never takes place twice.
    constraint session_window_once exclude using gist (
        thread_id with =,
        uid_mac with =,
        (coalesce(recurrence_id, timestamp '1970-01-01')) with =,
        tstzrange(opens_at, closes_at) with &&)
        where (state not in ('cancelled', 'superseded') and (state <> 'closed' or result is not null))
);
create index session_window_thread on session_window (thread_id, opens_at) where not archived;
-- An instance is planned once.
create unique index session_window_one_planned on session_window (thread_id, uid_mac, recurrence_id) nulls not distinct
    where state not in ('closed', 'cancelled', 'superseded');

-- The client's newest answer to each event or instance.
create table session_answer (
    thread_id     uuid        not null,
    uid_mac       bytea       not null,
    uid_sealed    bytea       not null,
    recurrence_id timestamp,
    sequence      integer     not null,
    stamp         timestamptz not null,
    participation text        not null,
    constraint session_answer_uk unique nulls not distinct (thread_id, uid_mac, recurrence_id),
    constraint session_answer_timetable_fk foreign key (thread_id) references timetable (thread_id) on delete cascade,
    constraint session_answer_participation check (participation in ('accepted', 'tentative', 'declined'))
);

-- Messages of the record that are not visible: released at the latest, or erased, at that time.
create table held_message (
    message_id  uuid        not null,
    thread_id   uuid        not null,
    accepted_at timestamptz not null,
    fate        text        not null,
    until       timestamptz not null,
    constraint held_message_pk primary key (message_id),
    constraint held_message_timetable_fk foreign key (thread_id) references timetable (thread_id),
    constraint held_message_message_fk foreign key (message_id) references message (id) on delete cascade,
    constraint held_message_fate check (fate in ('release', 'erase'))
);
create index held_message_thread on held_message (thread_id, accepted_at);

-- When a process of ours was last seen alive, so that a time that nobody served is known as such.
create table gateway (
    process uuid        not null,
    seen_at timestamptz not null,
    constraint gateway_pk primary key (process)
);

create table gateway_outage (
    began_at timestamptz not null,
    ended_at timestamptz not null,
    constraint gateway_outage_pk primary key (began_at),
    constraint gateway_outage_span check (began_at < ended_at)
);

-- Two things more may go from the record: what was never passed on and is erased as the client was told (held_message), and
-- a note of ours to the therapist that a newer one replaces.
create function keep_the_conversation() returns trigger
    language plpgsql as
$$
begin
    if old.thread_id is null and (old.direction = 'own' or old.direction = 'notice' and tg_op = 'DELETE') then
        return case tg_op when 'DELETE' then old else new end;
    end if;
    if tg_op = 'DELETE' and exists (select from held_message where message_id = old.id and fate = 'erase') then
        return old;
    end if;
    raise exception 'the record is only ever added to' using errcode = 'restrict_violation';
end
$$;

drop trigger message_is_kept on message;
create trigger message_is_kept before update or delete on message
    for each row execute function keep_the_conversation();

create or replace function keep_the_keys_of_the_record() returns trigger
    language plpgsql as
$$
begin
    if exists (select from message m
               where m.id = old.message_id
                 and not (m.thread_id is null
                          and (m.direction = 'own' or m.direction = 'notice' and tg_op = 'DELETE'))
                 and not (tg_op = 'DELETE'
                          and exists (select from held_message where message_id = m.id and fate = 'erase'))) then
        raise exception 'the record is only ever added to' using errcode = 'restrict_violation';
    end if;
    return case tg_op when 'DELETE' then old else new end;
end
$$;
