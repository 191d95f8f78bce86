/**
 * James's mailbox on the tables of Therapost. A row of {@code message} is sealed content. A row of
 * {@code mailbox_message} is a folder entry: it says that a message shows in a folder, with flags
 * and UID. IMAP changes folder entries only, and several can show one message. Content is sealed to
 * the readers of the folder to which it is appended. It is opened only with the key of a therapist
 * who is logged in. Folder names, subscriptions and annotations are sealed with the server key.
 *
 * <p>A UID and a modification sequence come from the folder's row. The statement that increments
 * them also locks that row, in the transaction that uses them. So they have no gaps and only grow,
 * however many server processes work on one folder.
 */
@NullMarked
package org.therapost.storage.james.mailbox;

import org.jspecify.annotations.NullMarked;
