/**
 * One subclass of James's contracts stands here, in James's own package: some of the methods it has to answer for
 * otherwise are package-private there.
 */
package org.apache.james.mailbox.store.search;
