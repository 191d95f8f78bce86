-- The record of a thread is a chain (docs/decisions/0046). Each message has a number in its thread and a tag: HMAC-SHA-256, with
-- a key that is derived from the server key, over thread, number, message, direction, acceptance instant, digests of header packet
-- and data packet, and the tag before. Without the server key nobody can add, change, move or take away a message unseen.

-- The end of each chain. Whoever files into a thread locks this row first, in the statement that returns the acceptance
-- instant. A thread without a row was not chained yet: nothing is filed into it.
-- begun_at: when the messages 1 to begun_with were chained that had been accepted before; null if there were none.
create table record_head (
    thread_id  uuid   not null,
    number     bigint not null default 0,
    tag        bytea  not null default '',
    begun_at   timestamptz,
    begun_with bigint not null default 0,
    constraint record_head_pk primary key (thread_id),
    constraint record_head_thread_fk foreign key (thread_id) references thread (id)
) with (fillfactor = 50);

-- One entry for each message; what is in no thread has a tag of its own and no number. The entry of a message that was erased
-- is its tombstone. No foreign keys: a tombstone outlasts its message, and whatever refers to nothing is found.
create table record_entry (
    message_id    uuid   not null,
    thread_id     uuid,
    number        bigint,
    tag           bytea  not null,
    header_digest bytea  not null,
    data_digest   bytea  not null,
    erased_at     timestamptz,
    erasure       text,
    erasure_tag   bytea,
    constraint record_entry_number_in_thread check ((thread_id is null) = (number is null)),
    constraint record_entry_erasure check (erasure in ('returned', 'destroyed')),
    constraint record_entry_tombstone check ((erased_at is null) = (erasure is null)
        and (erased_at is null) = (erasure_tag is null) and (erased_at is null or thread_id is not null))
);
create unique index record_entry_message on record_entry (message_id) where erased_at is null;
create unique index record_entry_number on record_entry (thread_id, number) where thread_id is not null;

-- When all that was accepted before there were chains had been chained. No row: not yet.
create table record_chained (
    one_row boolean     not null default true,
    at      timestamptz not null default clock_timestamp(),
    constraint record_chained_pk primary key (one_row),
    constraint record_chained_one check (one_row)
);

create function begin_the_chain() returns trigger
    language plpgsql as
$$
begin
    insert into record_head (thread_id) values (new.id);
    return null;
end
$$;
create trigger thread_has_a_chain after insert on thread
    for each row execute function begin_the_chain();

-- Entries are only ever added to; one becomes a tombstone. Against mistakes: whoever means it is found by the tags.
create function keep_the_chain() returns trigger
    language plpgsql as
$$
begin
    if tg_op = 'UPDATE' and old.erased_at is null and new.erased_at is not null
        and (new.message_id, new.thread_id, new.number, new.tag) = (old.message_id, old.thread_id, old.number, old.tag) then
        return new;
    end if;
    if tg_op = 'DELETE' and old.thread_id is null then
        return old;
    end if;
    raise exception 'the record is only ever added to' using errcode = 'restrict_violation';
end
$$;
create trigger record_entry_is_kept before update or delete on record_entry
    for each row execute function keep_the_chain();
create trigger record_entries_are_kept before truncate on record_entry
    for each statement execute function keep_the_record();

-- What is in no thread goes with its entry.
create function forget_the_entry() returns trigger
    language plpgsql as
$$
begin
    delete from record_entry where message_id = old.id and thread_id is null;
    return null;
end
$$;
create trigger message_entry_goes after delete on message
    for each row when (old.thread_id is null) execute function forget_the_entry();

-- Rows that were found to be other than the server wrote them, until they are right again. row_id: the key of the row.
create table wrong_row (
    table_name text        not null,
    row_id     text        not null,
    fault      text        not null,
    thread_id  uuid,
    number     bigint,
    found_at   timestamptz not null default clock_timestamp(),
    told_at    timestamptz,
    constraint wrong_row_pk primary key (table_name, row_id, fault)
);
