package org.therapost.server.administration.routes;

import java.util.HashMap;
import java.util.Map;

/** Everything that can be asked. */
public record AllRoutes(
        EnrolmentRoutes enrolment,
        ThreadRoutes threads,
        KeyRoutes keys,
        MailboxRoutes mailboxes,
        QueueRoutes queue,
        QuotaRoutes quotas,
        SessionRoutes sessions,
        ContractRoutes contracts,
        OperatorMailRoutes operatorMail,
        RecordRoutes record,
        StatusRoutes status) {

    public Map<String, Route> routes() {
        Map<String, Route> all = new HashMap<>();
        all.putAll(enrolment.routes());
        all.putAll(threads.routes());
        all.putAll(keys.routes());
        all.putAll(mailboxes.routes());
        all.putAll(queue.routes());
        all.putAll(quotas.routes());
        all.putAll(sessions.routes());
        all.putAll(contracts.routes());
        all.putAll(operatorMail.routes());
        all.putAll(record.routes());
        all.putAll(status.routes());
        return all;
    }
}
