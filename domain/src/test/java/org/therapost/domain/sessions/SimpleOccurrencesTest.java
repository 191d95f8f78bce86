package org.therapost.domain.sessions;

import org.therapost.domain.sessions.calendar.Occurrences;
import org.therapost.domain.sessions.calendar.OccurrencesContract;

class SimpleOccurrencesTest extends OccurrencesContract {

    @Override
    protected Occurrences occurrences() {
        return new SimpleOccurrences();
    }
}
