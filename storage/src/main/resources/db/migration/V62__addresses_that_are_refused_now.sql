-- When the therapist was told that the stored mailbox of this client is none to which mail can be sent: rules for addresses became
-- stricter after it was enrolled. Empty again once another mailbox was entered.
alter table thread add column unreachable_told_at timestamptz;
