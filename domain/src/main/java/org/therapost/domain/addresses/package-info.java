/**
 * Mail addresses: domain names and local parts in the one form that is compared and stored. All
 * code that compares identities uses this package. If a step lost the distinction between two
 * names, the mail of one owner would reach the other (docs/decisions/0017).
 */
@NullMarked
package org.therapost.domain.addresses;

import org.jspecify.annotations.NullMarked;
