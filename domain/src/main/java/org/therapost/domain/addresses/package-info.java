/**
 * How identities are spelled: domain names and local parts of mail addresses, in the one form that is compared and stored.
 * Whatever compares who somebody is goes through here, because a step that loses a distinction between two names hands the
 * mail of one of them to the owner of the other (docs/decisions/0017).
 */
@NullMarked
package org.therapost.domain.addresses;

import org.jspecify.annotations.NullMarked;
