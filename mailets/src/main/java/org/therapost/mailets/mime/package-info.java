/**
 * Messages as octets: reading the few header fields that journeys need, within limits that hold before any parser
 * goes deeper, and composing the messages that leave us. Bodies are never rewritten.
 */
@NullMarked
package org.therapost.mailets.mime;

import org.jspecify.annotations.NullMarked;
