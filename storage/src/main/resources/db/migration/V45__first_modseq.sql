-- RFC 7162 section 7: a mod-sequence is not zero, also that of a folder in which nothing has happened yet.
alter table mailbox alter column highest_modseq set default 1;
update mailbox set highest_modseq = 1 where highest_modseq = 0;
