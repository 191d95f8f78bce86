package org.therapost.storage.store;

import java.util.List;

/** Hears of messages that journeys filed, after the commit. */
public interface FolderArrivalListener {

    /** Must not throw: the messages are filed, whoever hears of them. */
    void arrived(List<FolderArrival> arrivals);

    /** Hears of notes of ours that newer ones replaced, after the commit; what is named does not appear any more. */
    default void vanished(List<FolderArrival> gone) {}
}
