package org.therapost.storage;

import java.util.List;

/** Hears of messages that journeys filed, after the commit. */
public interface ArrivalListener {

    /** Must not throw: the messages are filed, whoever hears of them. */
    void arrived(List<Arrival> arrivals);
}
