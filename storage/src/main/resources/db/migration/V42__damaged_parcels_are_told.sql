-- When the therapist was told of a parcel that does not open any more and rests in the queue 'damaged'.
alter table mail_queue add column damaged_told_at timestamptz;
create index mail_queue_damaged on mail_queue (id) where queue = 'damaged' and damaged_told_at is null;
