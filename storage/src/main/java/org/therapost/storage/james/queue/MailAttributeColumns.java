package org.therapost.storage.james.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.james.queue.api.MailPrioritySupport;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.carriage.ParcelAttributes;
import org.therapost.domain.conversation.Carriage;
import org.therapost.storage.generated.tables.records.MailQueueRecord;
import org.therapost.storage.james.queue.QueueRows.Label;
import org.therapost.storage.james.queue.QueueRows.ParcelLabel;

/** Between the columns of a row and the attributes of a mail. */
final class MailAttributeColumns {

    private static final AttributeName THREAD = AttributeName.of(ParcelAttributes.THREAD);
    private static final AttributeName CARRIAGE = AttributeName.of(ParcelAttributes.CARRIAGE);
    private static final AttributeName POSTED = AttributeName.of(ParcelAttributes.POSTED);
    private static final AttributeName TAKEN = AttributeName.of(ParcelAttributes.TAKEN);
    private static final AttributeName HOLD = AttributeName.of(ParcelAttributes.HOLD);
    private static final AttributeName OURS = AttributeName.of(ParcelAttributes.OURS);
    private static final AttributeName OVERTAKES = AttributeName.of(ParcelAttributes.OVERTAKES);
    private static final AttributeName DEFERRED = AttributeName.of(ParcelAttributes.DEFERRED);
    private static final AttributeName OF_ITSELF = AttributeName.of(ParcelAttributes.OF_ITSELF);
    private static final AttributeName SERVERS_WAITED = AttributeName.of(ParcelAttributes.SERVERS_WAITED);
    private static final AttributeName ASIDE = AttributeName.of(ParcelAttributes.ASIDE);
    private static final AttributeName TOLD_ASIDE = AttributeName.of(ParcelAttributes.TOLD_ASIDE);
    private static final AttributeName TOLD = AttributeName.of(ParcelAttributes.TOLD);
    private static final AttributeName TAKES = AttributeName.of(ParcelAttributes.TAKES);
    // James allows delays beyond the calendar of PostgreSQL.
    private static final Duration LONGEST_DELAY = Duration.ofDays(365_000);

    private MailAttributeColumns() {}

    static Label of(Mail mail, Duration delay) {
        Duration wait = delay.isNegative() ? Duration.ZERO : delay;
        return new Label(
                mail.getName(), parcel(mail), priority(mail), wait.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : wait);
    }

    private static int priority(Mail mail) {
        return mail.getAttribute(MailPrioritySupport.MAIL_PRIORITY)
                .flatMap(attribute -> attribute.getValue().valueAs(Integer.class))
                .map(asked ->
                        Math.max(MailPrioritySupport.LOW_PRIORITY, Math.min(MailPrioritySupport.HIGH_PRIORITY, asked)))
                .orElse(MailPrioritySupport.NORMAL_PRIORITY);
    }

    private static Optional<ParcelLabel> parcel(Mail mail) {
        Optional<String> thread = text(mail, THREAD);
        Optional<String> carriage = text(mail, CARRIAGE);
        if (thread.isEmpty() || carriage.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ParcelLabel(
                    UUID.fromString(mail.getName()),
                    UUID.fromString(thread.get()),
                    Carriage.valueOf(carriage.get()).name().toLowerCase(Locale.ROOT),
                    mail.getAttribute(OURS)
                            .flatMap(attribute -> attribute.getValue().valueAs(Boolean.class))
                            .orElse(false),
                    text(mail, OVERTAKES).map(Instant::parse)));
        } catch (IllegalArgumentException | DateTimeParseException notAParcel) {
            // A copy that some mailet made of a parcel has another name.
            return Optional.empty();
        }
    }

    private static Optional<String> text(Mail mail, AttributeName name) {
        return mail.getAttribute(name).flatMap(attribute -> attribute.getValue().valueAs(String.class));
    }

    /** Tells a mail which parcel it is, if it is one. */
    static void put(MailQueueRecord row, Mail mail) {
        if (row.getThreadId() == null || row.getCarriage() == null) {
            return;
        }
        mail.setAttribute(
                new Attribute(THREAD, AttributeValue.of(row.getThreadId().toString())));
        mail.setAttribute(
                new Attribute(CARRIAGE, AttributeValue.of(row.getCarriage().toUpperCase(Locale.ROOT))));
        put(mail, POSTED, row.getEnqueuedAt());
        put(mail, SERVERS_WAITED, row.getServerWaitedAt());
        put(mail, OURS, row.getOurs());
        put(mail, OVERTAKES, row.getOvertakesFrom());
        put(mail, DEFERRED, row.getDeferredAt());
        put(mail, OF_ITSELF, row.getOfItselfAt());
        put(mail, ASIDE, row.getAsideAt() != null);
        put(mail, TOLD_ASIDE, row.getAsideToldAt() != null);
        put(mail, TOLD, row.getToldAt() != null);
        mail.setAttribute(new Attribute(TAKES, AttributeValue.of(row.getTakes())));
        if (row.getLease() != null) {
            mail.setAttribute(
                    new Attribute(HOLD, AttributeValue.of(row.getLease().toString())));
            // The database's own now: the lease was given a moment ago.
            put(mail, TAKEN, row.getLeasedUntil().minus(Leases.TERM));
        }
    }

    private static void put(Mail mail, AttributeName name, boolean value) {
        mail.setAttribute(new Attribute(name, AttributeValue.of(value)));
    }

    private static void put(Mail mail, AttributeName name, @Nullable Instant instant) {
        if (instant != null) {
            mail.setAttribute(new Attribute(name, AttributeValue.of(instant.toString())));
        }
    }
}
