package org.therapost.storage.james.mail;

import java.io.InputStream;
import javax.mail.util.SharedByteArrayInputStream;
import org.apache.james.server.core.MimeMessageSource;

/** A message in memory. James's own source writes messages of more than 100 KiB to the temporary folder, in clear. */
final class OctetsSource implements MimeMessageSource {

    private final String id;
    private final byte[] octets;

    OctetsSource(String id, byte[] octets) {
        this.id = id;
        this.octets = octets;
    }

    @Override
    public String getSourceId() {
        return id;
    }

    @Override
    public InputStream getInputStream() {
        // Shared, so that JavaMail parses parts in place instead of copying the body.
        return new SharedByteArrayInputStream(octets);
    }

    @Override
    public long getMessageSize() {
        return octets.length;
    }
}
