package org.therapost.domain.access;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What is known of an app password.
 *
 * @param name of the device, as the therapist called it; no two of one account are alike
 * @param lastUsedOn the day (UTC) of its last login; empty if there was none
 */
public record Device(String name, Instant madeAt, Optional<LocalDate> lastUsedOn) {}
