-- How often a therapist hears what was written in messaging hours, and up to when that was said.
alter table session_terms add column hours_summary text not null default 'never'
    constraint session_terms_hours_summary check (hours_summary in ('never', 'weekly'));
alter table timetable add column notice_summed_up timestamptz;
