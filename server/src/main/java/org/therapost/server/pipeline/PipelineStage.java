package org.therapost.server.pipeline;

import org.apache.mailet.Mailet;
import org.apache.mailet.Matcher;

/**
 * One mailet of a pipeline, behind its matcher.
 *
 * @param place where it stands in the file, for the log
 * @param filter whether it is the operator's, and not a step of Therapost's own
 * @param mayRewrite whether it may change mail
 */
record PipelineStage(String place, Matcher matcher, Mailet mailet, boolean filter, boolean mayRewrite) {}
