-- The record is only ever added to. What a therapist's mail program stored for itself ('own', in no thread) is no part of
-- it and goes with its last view; everything else is refused here, whoever asks. Readability still ends with a thread's
-- keys: thread_key_share is not guarded.
create function keep_the_record() returns trigger
    language plpgsql as
$$
begin
    raise exception 'the record is only ever added to' using errcode = 'restrict_violation';
end
$$;

create function keep_the_keys_of_the_record() returns trigger
    language plpgsql as
$$
begin
    if exists (select 1 from message
               where id = old.message_id and (direction <> 'own' or thread_id is not null)) then
        raise exception 'the record is only ever added to' using errcode = 'restrict_violation';
    end if;
    return case tg_op when 'DELETE' then old else new end;
end
$$;

create trigger message_is_kept before update or delete on message
    for each row when (old.direction <> 'own' or old.thread_id is not null)
    execute function keep_the_record();
create trigger messages_are_kept before truncate on message
    for each statement execute function keep_the_record();
create trigger message_key_is_kept before update or delete on message_key
    for each row execute function keep_the_keys_of_the_record();
create trigger message_keys_are_kept before truncate on message_key
    for each statement execute function keep_the_record();

-- How much a therapist's folders may show before mail programs may add no more. Filing of clients' mail never asks.
-- name: '' for all, a domain, or a quota root as James calls it (#private&login). most: -1 is no limit.
create table quota_limit (
    scope    text   not null,
    name     text   not null,
    resource text   not null,
    most     bigint not null,
    constraint quota_limit_pk primary key (scope, name, resource),
    constraint quota_limit_scope check (scope in ('global', 'domain', 'user')),
    constraint quota_limit_resource check (resource in ('messages', 'octets')),
    constraint quota_limit_most check (most >= -1)
);

-- What counts beside what the folders show; empty unless somebody corrects the count by hand.
create table quota_correction (
    root     text   not null,
    messages bigint not null,
    octets   bigint not null,
    constraint quota_correction_pk primary key (root)
);

-- James's recipient rewrite table. Both sides can be clients' addresses.
create table recipient_rewrite (
    source_mac     bytea  not null,
    mapping_mac    bytea  not null,
    source_sealed  bytea  not null,
    mapping_sealed bytea  not null,
    constraint recipient_rewrite_pk primary key (source_mac, mapping_mac)
);
create index recipient_rewrite_mapping on recipient_rewrite (mapping_mac);
