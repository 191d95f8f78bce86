-- With what the server signs the mail of a thread that leaves: the secret half of a signing subkey of the thread's certificate, sealed
-- with the server key. It opens nothing. Empty for a key that was made by an earlier release, until the therapist's next login.
alter table thread_key add column signing_subkey_sealed bytea;
