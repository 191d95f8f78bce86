/**
 * The authentic record: each message of a thread has a number and a tag, and each tag covers the tag before it. So whoever changes,
 * moves, swaps, inserts or takes away messages in the database without the server key is found out; and a checkpoint that the
 * therapist's key signed and that rests elsewhere shows what was there when it was made.
 */
@org.jspecify.annotations.NullMarked
package org.therapost.domain.record;
