/**
 * James's back end on our tables. Stock James keeps queue, repositories, users and domains in files
 * or in clear; here they are in PostgreSQL, sealed with the server key where they name clients.
 */
@NullMarked
package org.therapost.storage.james;

import org.jspecify.annotations.NullMarked;
