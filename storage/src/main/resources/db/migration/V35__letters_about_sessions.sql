-- What the client has heard of an event: when the first invitation was written (later letters answer it), by how much the
-- SEQUENCE that the client sees is ahead of the therapist's, and whether a letter waits for a key or a consent.
alter table session_series add column invited_at timestamptz;
alter table session_series add column ahead integer not null default 0;
alter table session_series add column waiting boolean not null default false;
-- Clients were invited to all of these, by letters that are no thread at the client's.
update session_series set invited_at = clock_timestamp();

-- Whether the client knows of a window; of one that was moved or cancelled, whether that was so then.
alter table session_window add column told boolean not null default true;
-- Messaging hours have no result; they take place once, too.
alter table session_window drop constraint session_window_once;
alter table session_window add constraint session_window_once exclude using gist (
    thread_id with =,
    uid_mac with =,
    (coalesce(recurrence_id, timestamp '1970-01-01')) with =,
    tstzrange(opens_at, closes_at) with &&)
    where (state not in ('cancelled', 'superseded') and (state <> 'closed' or result is not null or kind = 'hours'));

-- Until when on its day an answer is due; before, that was the time of the cut-off.
alter table session_terms add column reply_time time;
update session_terms set reply_time = cut_off_time;
alter table session_terms add constraint session_terms_reply_time check ((cut_off_day is null) = (reply_time is null));

-- How many mails about the time were delivered out of turn in the closed period.
alter table timetable add column notice_time_mails integer not null default 0;

-- What is not passed on is erased (fate 'erase') once the client's server has taken the notice that says so; until then it
-- waits for one ('return', or 'return_silently' for automatic mail, for which alone none is sent). The trigger of migration V6
-- lets nothing be deleted but what is to be erased.
alter table held_message drop constraint held_message_fate;
alter table held_message add constraint held_message_fate
    check (fate in ('release', 'return', 'return_silently', 'erase'));
alter table held_message add column notice uuid;

-- Letters about an event: a newer one overtakes those that have not left. The event as in session_series.
alter table mail_queue add column event_mac bytea;
alter table mail_queue add column first_of_event boolean not null default false;
create index mail_queue_event on mail_queue (thread_id) where event_mac is not null;

-- Notes that newer ones have replaced: gone from all folders, and kept for those who were reading them just then.
create table replaced_note (
    message_id  uuid        not null,
    replaced_at timestamptz not null default clock_timestamp(),
    constraint replaced_note_pk primary key (message_id),
    constraint replaced_note_message_fk foreign key (message_id) references message (id) on delete cascade
);
create index replaced_note_at on replaced_note (replaced_at);
