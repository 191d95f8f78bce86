/**
 * The public SMTP server: RCPT only for addresses of ours, and DATA as the journey that receives
 * mail or a delivery report.
 */
@NullMarked
package org.therapost.protocols.smtp.receiving;

import org.jspecify.annotations.NullMarked;
