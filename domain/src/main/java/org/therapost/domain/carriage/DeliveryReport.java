package org.therapost.domain.carriage;

import java.util.Optional;

/**
 * What another mail server reports about a mail that it had accepted: RFC 3464, or one of the forms that
 * older servers use.
 *
 * @param outcome what it says
 * @param status the enhanced status code (RFC 3463); no text of the other server
 * @param messageId the {@code Message-ID} of the mail that it is about, if it names one
 */
public record DeliveryReport(Outcome outcome, String status, Optional<String> messageId) {

    /** What a report says. */
    public enum Outcome {
        /** It will not arrive. */
        FAILED,
        /** It has not arrived yet. */
        DELAYED,
        /** It has arrived, or was passed on: we never ask for such a report. */
        ARRIVED
    }
}
