/**
 * The OpenPGP keys of clients: which one is used, which one waits for the therapist's word, and what
 * turns one into the other. Everything here is decided by values; nobody who runs the server
 * decides.
 */
@NullMarked
package org.therapost.domain.clientkeys;

import org.jspecify.annotations.NullMarked;
