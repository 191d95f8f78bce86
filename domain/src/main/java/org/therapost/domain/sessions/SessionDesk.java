package org.therapost.domain.sessions;

/** Where a therapist's mail to a thread is read and taken, as far as it concerns agreed times. */
public record SessionDesk(
        TherapistMail.Reader reader, TakeCommand takeCommand, KeepCalendar keepCalendar, PostAnswer postAnswer) {}
