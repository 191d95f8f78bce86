-- Policies that clients' domains publish about their mail exchangers (RFC 8461), sealed with the server key; found by a pseudonym of
-- the domain.
create table mta_sts_policy (
    domain_mac    bytea not null,
    policy_sealed bytea not null,
    constraint mta_sts_policy_pk primary key (domain_mac)
);
