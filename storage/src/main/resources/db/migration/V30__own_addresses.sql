-- Addresses outside under which a therapist's own calendar writes. Whether one is the therapist's, only they can say.
create table own_address (
    therapist_id   uuid        not null,
    address_mac    bytea       not null,
    address_sealed bytea       not null,
    state          text        not null,
    asked_at       timestamptz not null default clock_timestamp(),
    answered_at    timestamptz,
    constraint own_address_pk primary key (therapist_id, address_mac),
    constraint own_address_therapist_fk foreign key (therapist_id) references therapist (id),
    constraint own_address_state check (state in ('asked', 'confirmed', 'refused')),
    constraint own_address_answered check ((state = 'asked') = (answered_at is null))
);
