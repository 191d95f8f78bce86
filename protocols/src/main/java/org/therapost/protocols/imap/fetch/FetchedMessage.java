package org.therapost.protocols.imap.fetch;

import java.util.List;
import java.util.Optional;
import javax.mail.Flags;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.message.response.FetchResponse;
import org.apache.james.mailbox.MessageSequenceNumber;

/**
 * One message as FETCH answers it.
 *
 * @param data names and values as they are sent
 * @param sections of the body, sent as literals
 */
public record FetchedMessage(
        MessageSequenceNumber number, Optional<Flags> flags, byte[] data, List<FetchResponse.BodyElement> sections)
        implements ImapResponseMessage {}
