/**
 * Other people's programs judge the whole server: swaks and Postfix as the sending and the receiving side, mbsync and
 * Thunderbird as the mail programs, GnuPG, Sequoia and RNP as those who open what is at rest and what arrives,
 * and psql as somebody on the same machine. All tests here carry the tag {@code peers}; a program that is missing fails them.
 */
@NullMarked
package org.therapost.server.outsiders;

import org.jspecify.annotations.NullMarked;
