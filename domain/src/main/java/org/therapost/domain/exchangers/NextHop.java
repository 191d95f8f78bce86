package org.therapost.domain.exchangers;

import java.util.List;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;

/** Where mail by {@code tls} may go next. */
public sealed interface NextHop {

    /** To these hosts, each verified by its name. */
    record Hosts(List<String> names) implements NextHop {

        public Hosts {
            names = List.copyOf(names);
        }

        /** Whether a host that DNS names is one of them. */
        public boolean include(String host) {
            return names.contains(MailExchangers.lower(host));
        }

        @Override
        public String toString() {
            return "Hosts[" + names.size() + "]";
        }
    }

    /** Nowhere yet: none of the exchangers is known as the client's. */
    record Unknown(NewExchangers exchangers) implements NextHop {}

    /** Nowhere: the domain's own policy (RFC 8461) names none of the exchangers that DNS names. */
    record AgainstPolicy() implements NextHop {}

    /** Decides it. */
    interface Decision {

        /**
         * Where mail of a thread may go.
         *
         * @param seen the exchangers that DNS names now
         */
        NextHop of(ThreadId thread, MailExchangers seen) throws CannotTellException;
    }
}
