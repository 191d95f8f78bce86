/**
 * IMAP commands where James differs from the RFCs, or accepts what would exhaust the server.
 */
@NullMarked
package org.therapost.protocols.imap.commands;

import org.jspecify.annotations.NullMarked;
