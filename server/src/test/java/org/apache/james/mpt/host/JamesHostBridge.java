package org.apache.james.mpt.host;

import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mpt.api.Continuation;
import org.apache.james.mpt.api.ImapFeatures.Feature;
import org.apache.james.mpt.api.ImapHostSystem;

/** Any host as the kind of host that one of James's suites asks for, because it configures it. */
public abstract class JamesHostBridge extends JamesImapHostSystem {

    private final ImapHostSystem host;

    protected JamesHostBridge(ImapHostSystem host) {
        this.host = host;
    }

    @Override
    public abstract void configure(ImapConfiguration configuration);

    @Override
    public boolean addUser(Username user, String password) throws Exception {
        return host.addUser(user, password);
    }

    @Override
    public Session newSession(Continuation continuation) throws Exception {
        return new Bridge(continuation, host.newSession(continuation));
    }

    @Override
    public boolean supports(Feature... features) {
        return host.supports(features);
    }

    @Override
    public void setQuotaLimits(QuotaCountLimit messages, QuotaSizeLimit octets) throws Exception {
        host.setQuotaLimits(messages, octets);
    }

    @Override
    protected MailboxManager getMailboxManager() {
        throw new UnsupportedOperationException("the suites that need this host make no folders");
    }

    @Override
    protected void await() {
        // What one session did is there for all others when it is answered.
    }

    private final class Bridge extends Session {

        private final org.apache.james.mpt.api.Session wire;

        Bridge(Continuation continuation, org.apache.james.mpt.api.Session wire) {
            super(continuation);
            this.wire = wire;
        }

        @Override
        public String readLine() throws Exception {
            return wire.readLine();
        }

        @Override
        public void writeLine(String line) throws Exception {
            wire.writeLine(line);
        }

        @Override
        public void start() throws Exception {
            wire.start();
        }

        @Override
        public void restart() throws Exception {
            wire.restart();
        }

        @Override
        public void stop() throws Exception {
            wire.stop();
        }

        @Override
        public void await() throws Exception {
            wire.await();
        }
    }
}
