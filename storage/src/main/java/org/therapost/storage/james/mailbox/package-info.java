/**
 * James's mailbox on the tables of Therapost. A folder shows messages: rows of {@code mailbox_message} are the view that
 * IMAP changes (flags, copies, expunges), rows of {@code message} are the sealed content that all views share. Content
 * is sealed to the readers of the folder it is appended to, and opened only through the view of a reader whose session
 * is open. Folder names, subscriptions and annotations are sealed with the spool key.
 *
 * <p>UIDs and modification sequences are taken from the folder's row by the statement that locks it, in the transaction
 * that uses them: they are gapless and monotonic, whatever number of processes works on one folder.
 */
@NullMarked
package org.therapost.storage.james.mailbox;

import org.jspecify.annotations.NullMarked;
