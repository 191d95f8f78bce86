/**
 * Messages as octets: reads the few header fields that journeys need, within limits that are
 * checked before any parser goes deeper, and composes the messages that leave. Bodies are never
 * rewritten.
 */
@NullMarked
package org.therapost.mailets.mime;

import org.jspecify.annotations.NullMarked;
