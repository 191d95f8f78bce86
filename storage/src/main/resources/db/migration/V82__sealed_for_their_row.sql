-- Sealed values open only in their table, column and row (docs/decisions/0047). Until now one opened in every row of its purpose.

-- When all values of earlier releases had been sealed anew. No row: not yet.
create table sealed_for_rows (
    one_row boolean     not null default true,
    at      timestamptz not null default clock_timestamp(),
    constraint sealed_for_rows_pk primary key (one_row),
    constraint sealed_for_rows_one check (one_row)
);

-- Until then the outer header that IMAP serves of a message in custody "own" may be sealed anew; nothing else of it may change.
create or replace function keep_the_conversation() returns trigger
    language plpgsql as
$$
declare
    same message;
begin
    if old.thread_id is null and (old.direction = 'own' or old.direction = 'notice' and tg_op = 'DELETE') then
        return case tg_op when 'DELETE' then old else new end;
    end if;
    if tg_op = 'DELETE' and exists (select from held_message where message_id = old.id and fate = 'erase') then
        return old;
    end if;
    if tg_op = 'UPDATE' and not exists (select from sealed_for_rows) then
        same := new;
        same.envelope_sealed := old.envelope_sealed;
        if same is not distinct from old then
            return new;
        end if;
    end if;
    raise exception 'the record is only ever added to' using errcode = 'restrict_violation';
end
$$;
