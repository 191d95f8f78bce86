/**
 * People on PostgreSQL: who has which address, account and key. What names a client is sealed at
 * rest.
 */
@NullMarked
package org.therapost.storage.people;

import org.jspecify.annotations.NullMarked;
