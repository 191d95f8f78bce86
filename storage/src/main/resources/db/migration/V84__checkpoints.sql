-- What a therapist's key has signed about the record of all threads of the therapist (docs/decisions/0052). The same text stands in
-- the file "checkpoints" of the data folder. heads: SHA-256 of what was signed about the threads, so that nothing is signed twice.
create table checkpoint (
    therapist_id uuid        not null,
    made_at      timestamptz not null,
    heads        bytea       not null,
    signed       text        not null,
    noted_at     timestamptz,
    constraint checkpoint_pk primary key (therapist_id, made_at),
    constraint checkpoint_therapist_fk foreign key (therapist_id) references therapist (id)
);
