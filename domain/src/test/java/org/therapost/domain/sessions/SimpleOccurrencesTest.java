package org.therapost.domain.sessions;

class SimpleOccurrencesTest extends OccurrencesContract {

    @Override
    protected Occurrences occurrences() {
        return new SimpleOccurrences();
    }
}
