package org.therapost.storage.james.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.james.mailbox.store.mail.model.impl.Properties;
import org.apache.james.mailbox.store.mail.model.impl.PropertyBuilder;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * The MIME properties of a message, read from its header when somebody asks. James would store them beside the message;
 * there they would tell a file's name or a part's description to whoever reads the database.
 */
final class MimeProperties {

    private static final LenientFieldParser FIELDS = new LenientFieldParser();

    private MimeProperties() {}

    /** Reads a header section; media type and subtype stay empty if it has no {@code Content-Type}. */
    static Properties of(byte[] header) throws IOException {
        MimeTokenStream parser = new MimeTokenStream(
                MimeConfig.PERMISSIVE, new DefaultBodyDescriptorBuilder(null, FIELDS, DecodeMonitor.SILENT));
        parser.setRecursionMode(RecursionMode.M_NO_RECURSE);
        parser.parse(new ByteArrayInputStream(header));
        try {
            boolean typed = false;
            EntityState state = parser.next();
            while (state != EntityState.T_BODY
                    && state != EntityState.T_END_OF_STREAM
                    && state != EntityState.T_START_MULTIPART) {
                if (state == EntityState.T_FIELD) {
                    typed |= "content-type".equalsIgnoreCase(parser.getField().getName());
                }
                state = parser.next();
            }
            return properties((MaximalBodyDescriptor) parser.getBodyDescriptor(), typed);
        } catch (MimeException unreadable) {
            // The exception would quote the header.
            throw new IOException("a header section cannot be read");
        }
    }

    private static Properties properties(MaximalBodyDescriptor descriptor, boolean typed) {
        PropertyBuilder properties = new PropertyBuilder();
        if (typed) {
            properties.setMediaType(descriptor.getMediaType());
            properties.setSubType(descriptor.getSubType());
        }
        properties.setContentID(descriptor.getContentId());
        properties.setContentDescription(descriptor.getContentDescription());
        properties.setContentLocation(descriptor.getContentLocation());
        properties.setContentMD5(descriptor.getContentMD5Raw());
        properties.setContentTransferEncoding(descriptor.getTransferEncoding());
        properties.setContentLanguage(descriptor.getContentLanguage());
        properties.setContentDispositionType(descriptor.getContentDispositionType());
        properties.setContentDispositionParameters(descriptor.getContentDispositionParameters());
        properties.setContentTypeParameters(descriptor.getContentTypeParameters());
        String charset = descriptor.getCharset();
        if (charset != null) {
            properties.setCharset(charset);
        } else if ("text".equalsIgnoreCase(descriptor.getMediaType())) {
            properties.setCharset("us-ascii");
        }
        return properties.build();
    }
}
