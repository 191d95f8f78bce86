package org.therapost.domain.mime;

import java.time.Instant;
import java.util.Optional;

/** The fields of a header section that orders are made of, unfolded; those with words decoded (RFC 2047), addresses not. */
public record HeaderText(Optional<Instant> date, Correspondents people, String subject, Identifiers identifiers) {

    /** Address fields, or what is made of them. */
    public record Correspondents(String from, String to, String cc) {

        public static final Correspondents NOBODY = new Correspondents("", "", "");

        @Override
        public String toString() {
            return "Correspondents";
        }
    }

    /** The fields of RFC 5322 section 3.6.4. */
    public record Identifiers(String messageId, String references, String inReplyTo) {}

    @Override
    public String toString() {
        return "HeaderText";
    }
}
