package org.therapost.protocols.imap.fetch;

import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.therapost.domain.folders.OpenableMessage;

/**
 * A message of a folder, for FETCH.
 *
 * @param row what anybody with the folder can see
 * @param content what only its reader can see
 */
public record ServedMessage(MailboxMessage row, OpenableMessage content) {}
