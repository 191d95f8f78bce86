package org.therapost.mailets.mime;

import java.io.UnsupportedEncodingException;
import java.util.Arrays;
import javax.mail.internet.MimeUtility;
import org.apache.james.mime4j.stream.RawField;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.sealing.MailContent;

/** A message with another subject, everything else octet for octet as it was. */
final class SubjectReplacement {

    private SubjectReplacement() {}

    static MailContent of(MailReader reader, MailContent written, String subject) {
        try {
            OutgoingHeader header = new OutgoingHeader();
            for (RawField field : reader.header(written).fields()) {
                if (!field.getName().equalsIgnoreCase("Subject")) {
                    header.addAsIs(field.getName(), MailHeader.octets(field));
                }
            }
            header.add(
                    "Subject", MimeUtility.fold("Subject: ".length(), MimeUtility.encodeText(subject, "UTF-8", "B")));
            return MailContent.of(
                    header.with(Arrays.copyOfRange(written.octets(), written.headerSize(), written.size())));
        } catch (RefusedException impossible) {
            throw new IllegalStateException("it was within the limits when it was submitted", impossible);
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException("UTF-8 is part of every JDK", impossible);
        }
    }
}
