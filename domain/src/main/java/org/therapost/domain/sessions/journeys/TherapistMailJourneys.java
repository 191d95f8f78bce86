package org.therapost.domain.sessions.journeys;

import org.therapost.domain.sessions.mail.TherapistMail;

/** Where a therapist's mail to a thread is read and taken, as far as it concerns agreed times. */
public record TherapistMailJourneys(
        TherapistMail.Reader reader, TakeCommand takeCommand, KeepCalendar keepCalendar, PostAnswer postAnswer) {}
