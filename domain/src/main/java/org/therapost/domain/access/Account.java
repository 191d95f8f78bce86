package org.therapost.domain.access;

import org.therapost.domain.addresses.EmailAddress;

/**
 * A login.
 *
 * @param wayIn the one that was asked for
 * @param keyHere whether the therapist's secret key rests here (custody {@code login}): then each way in must open it
 */
public record Account(EmailAddress login, WayIn wayIn, boolean keyHere) {}
