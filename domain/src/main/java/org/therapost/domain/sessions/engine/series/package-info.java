/**
 * The part of the engine that plans: events of the therapist's calendar become windows, follow
 * when the event changes, and are told to the client.
 */
@NullMarked
package org.therapost.domain.sessions.engine.series;

import org.jspecify.annotations.NullMarked;
