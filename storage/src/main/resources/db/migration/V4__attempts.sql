-- What a delivery attempt leaves behind when it does not come to its end, and what the therapist has heard.
--
-- takes: how often an item was taken since an attempt at it last came to an end. What kills each process that takes it
-- is found by it, too. told_at: when the therapist was told that a parcel is late.
alter table mail_queue add column takes integer not null default 0;
alter table mail_queue add column told_at timestamptz;
