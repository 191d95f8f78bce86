package org.therapost.storage.queue;

import java.time.Duration;

/**
 * How one queue is.
 *
 * @param items all, those in work included
 * @param ready those that could be taken now
 * @param oldest since when the oldest was posted; zero if there is none
 * @param longestReady for how long one that could be taken has been waiting for somebody to take it; zero if there is none
 */
public record QueueFigures(String queue, long items, long ready, Duration oldest, Duration longestReady) {}
