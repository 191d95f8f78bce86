-- Which message identifiers the client of a thread knows (docs/decisions/0032), so that an answer keeps those and no others.
-- mark: keyed pseudonym of the thread and the identifier. It names neither, and is of no use without the spool key.
create table known_message_id (
    mark uuid not null,
    constraint known_message_id_pk primary key (mark)
);
