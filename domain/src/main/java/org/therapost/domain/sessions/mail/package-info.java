/**
 * What mail means for agreed times: a client's mail with its answers to invitations, a therapist's
 * mail with its invitations and commands, and who or what wrote it.
 */
@NullMarked
package org.therapost.domain.sessions.mail;

import org.jspecify.annotations.NullMarked;
