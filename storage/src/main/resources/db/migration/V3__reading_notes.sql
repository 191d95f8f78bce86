-- What a reader's session has worked out about a message and would otherwise work out again: its session key. Sealed under a
-- key that follows from the secret key that opens the message and from nothing else, so that whoever destroys the thread's
-- shares destroys these too. All of it can be deleted at any time: it only saves time.
create table reading_note (
    message_id         uuid  not null,
    session_key_sealed bytea not null,
    constraint reading_note_pk primary key (message_id),
    constraint reading_note_message_fk foreign key (message_id) references message (id) on delete cascade
);
alter table reading_note alter column session_key_sealed set storage external;
