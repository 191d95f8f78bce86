/**
 * James's mail repositories ({@code sealed://...}): where its processors put what went wrong. They rest in PostgreSQL,
 * sealed with the spool key; there are no others in Therapost.
 */
@NullMarked
package org.therapost.storage.james.repository;

import org.jspecify.annotations.NullMarked;
