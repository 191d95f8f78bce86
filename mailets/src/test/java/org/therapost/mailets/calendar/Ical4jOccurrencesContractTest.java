package org.therapost.mailets.calendar;

import org.therapost.domain.sessions.calendar.Occurrences;
import org.therapost.domain.sessions.calendar.OccurrencesContract;

/** ical4j expands series as the domain expects it. */
class Ical4jOccurrencesContractTest extends OccurrencesContract {

    @Override
    protected Occurrences occurrences() {
        return new Ical4jOccurrences();
    }
}
