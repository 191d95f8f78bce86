/**
 * The demo: a story in which everybody uses the real protocols. It has two outside providers with
 * one mailbox each, a name server that publishes who may send for whom, a practice that is enrolled
 * by the command line, Dr Bloom's mail program, and Mallory. Every step checks what it tells. The
 * first step that does not hold ends the story.
 */
@NullMarked
package org.therapost.demo;

import org.jspecify.annotations.NullMarked;
