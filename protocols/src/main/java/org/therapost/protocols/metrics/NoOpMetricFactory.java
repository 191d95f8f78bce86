package org.therapost.protocols.metrics;

import java.time.Duration;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.TimeMetric;
import org.reactivestreams.Publisher;

/** James's metrics, switched off: their names would be the only thing that anybody saw of them. */
public final class NoOpMetricFactory implements MetricFactory {

    @Override
    public Metric generate(String name) {
        return new Nothing();
    }

    @Override
    public TimeMetric timer(String name) {
        return new NoTime(name);
    }

    @Override
    public <T> Publisher<T> decoratePublisherWithTimerMetric(String name, Publisher<T> publisher) {
        return publisher;
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // deprecated by James
    public <T> Publisher<T> decoratePublisherWithTimerMetricLogP99(String name, Publisher<T> publisher) {
        return publisher;
    }

    private record NoTime(String name) implements TimeMetric, TimeMetric.ExecutionResult {

        @Override
        public ExecutionResult stopAndPublish() {
            return this;
        }

        @Override
        public Duration elasped() {
            return Duration.ZERO;
        }

        @Override
        @Deprecated
        @SuppressWarnings("InlineMeSuggester") // deprecated by James
        public ExecutionResult logWhenExceedP99(Duration threshold) {
            return this;
        }
    }

    private static final class Nothing implements Metric {

        @Override
        public void increment() {}

        @Override
        public void decrement() {}

        @Override
        public void add(int value) {}

        @Override
        public void remove(int value) {}

        @Override
        public long getCount() {
            return 0;
        }
    }
}
