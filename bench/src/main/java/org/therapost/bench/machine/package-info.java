/**
 * The machine under measurement: control groups that count processor time, processes, folders on a
 * real disk, name service.
 */
@NullMarked
package org.therapost.bench.machine;

import org.jspecify.annotations.NullMarked;
