/**
 * James's mail repositories ({@code sealed://...}), into which its processors put mails that
 * failed. They are tables of PostgreSQL, sealed with the server key. Therapost has no others.
 */
@NullMarked
package org.therapost.storage.james.repository;

import org.jspecify.annotations.NullMarked;
