-- Mail to one client by one carriage leaves in the order in which it was accepted (docs/decisions/0025). A line is what
-- stands in the spool for one thread and one carriage, by sequence; only its first parcel may be taken, and what was set
-- aside or may overtake.
--
-- ours: a letter of ours, not an answer of the therapist. overtakes_from: from when on it need not keep its place.
-- deferred_at: when the client's mail server put it off for the first time. of_itself_at: when that was for the first time
-- on account of the mail itself. aside_at: since when later mail of its line goes before it. aside_told_at: when the
-- therapist was told so.
alter table mail_queue add column ours boolean not null default false;
alter table mail_queue add column overtakes_from timestamptz;
alter table mail_queue add column deferred_at timestamptz;
alter table mail_queue add column of_itself_at timestamptz;
alter table mail_queue add column aside_at timestamptz;
alter table mail_queue add column aside_told_at timestamptz;
create index mail_queue_line on mail_queue (thread_id, carriage, sequence)
    where thread_id is not null and aside_at is null;

-- Letters of ours that a client's mail server has taken, and when, by the name of the parcel. Whoever needs to know
-- deletes the row; what nobody asked about goes after a month.
create table letter_delivered (
    parcel_id    uuid        not null,
    thread_id    uuid        not null,
    delivered_at timestamptz not null default clock_timestamp(),
    constraint letter_delivered_pk primary key (parcel_id),
    constraint letter_delivered_thread_fk foreign key (thread_id) references thread (id)
);
create index letter_delivered_thread on letter_delivered (thread_id);
