/**
 * IMAP commands where James does not do what the RFCs say, or lets through what the server could
 * not bear.
 */
@NullMarked
package org.therapost.server.imap.commands;

import org.jspecify.annotations.NullMarked;
