-- When the therapist was last told that this client's provider does not prove her mail: one note a week, from all processes.
alter table timetable add column notice_unproved_at timestamptz;
