package org.therapost.server.configuration;

/**
 * What somebody has set.
 *
 * @param text as it is written, without spaces around it
 * @param where the file and line, the environment variable or the option
 */
record WrittenValue(String text, String where) {}
