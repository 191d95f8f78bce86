package org.therapost.server.scripts;

import java.nio.file.Path;
import java.util.Locale;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mpt.api.ImapHostSystem;
import org.apache.james.mpt.host.JamesImapHostSystem;
import org.apache.james.mpt.imapmailbox.suite.base.BasicImapCommands;
import org.apache.james.mpt.script.ImapScriptedTestProtocol;
import org.apache.james.mpt.script.SimpleScriptedTestProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All suites of James's IMAP scripts that James runs against itself, on one server; folders are emptied between tests.
 * docs/decisions/0006 names the methods that cannot hold, and what holds instead.
 */
@Tag("integration")
class ImapScriptsTest {

    private static AssembledHost host = unset();

    @SuppressWarnings("NullAway") // set before the first test
    private static AssembledHost unset() {
        return null;
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        host = AssembledHost.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        host.close();
    }

    @BeforeEach
    void nobody_has_a_folder() throws Exception {
        host.beforeTest();
    }

    @AfterEach
    void all_connections_are_closed() throws Exception {
        host.afterTest();
    }

    @Nested
    class AuthenticatePlain extends org.apache.james.mpt.imapmailbox.suite.AuthenticatePlain {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }

        // Nobody speaks for anybody else here, whatever their rights: the last part of the script logs in as another
        // user.

        @Test
        @Override
        public void testAuthenticatePlainUS() throws Exception {
            onlyForOneself(Locale.US);
        }

        @Test
        @Override
        public void testAuthenticatePlainITALY() throws Exception {
            onlyForOneself(Locale.ITALY);
        }

        @Test
        @Override
        public void testAuthenticatePlainKOREA() throws Exception {
            onlyForOneself(Locale.KOREA);
        }

        private void onlyForOneself(Locale locale) throws Exception {
            ImapScriptedTestProtocol protocol = new ImapScriptedTestProtocol("/scripts/", host)
                    .withUser(USER, PASSWORD)
                    .withUser("delegate", "123456")
                    .withMailbox(MailboxPath.forUser(USER, "imapuser"));
            BasicImapCommands.welcome(protocol);
            protocol.withLocale(locale).run("AuthenticatePlainForOneself");
        }
    }

    @Nested
    class AuthenticatedState extends org.apache.james.mpt.imapmailbox.suite.AuthenticatedState {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }

        // An empty list is not what RFC 2971 allows, and some mail programs refuse it.
        @Test
        @Override
        public void testId() throws Exception {
            SimpleScriptedTestProtocol protocol =
                    new SimpleScriptedTestProtocol("/scripts/", host).withUser(USER, PASSWORD);
            BasicImapCommands.welcome(protocol);
            BasicImapCommands.authenticate(protocol);
            protocol.withLocale(Locale.US).run("IdNil");
        }

        // RFC 5258 section 3.5: a folder that is not subscribed is told of only for one below it that the pattern does
        // not name.
        @Test
        @Override
        public void testListSubscribed() throws Exception {
            SimpleScriptedTestProtocol protocol = host.edited(Locale.US, ImapScriptsTest::asRfc5258HasIt);
            BasicImapCommands.welcome(protocol);
            BasicImapCommands.authenticate(protocol);
            protocol.run("ListSubscribed");
        }

        // RFC 3501 section 6.3.5: RENAME of INBOX moves its messages; who has selected it is told that they are gone.

        @Test
        @Override
        public void testAppendExamineInboxUS() throws Exception {
            renamingInbox(Locale.US);
        }

        @Test
        @Override
        public void testAppendExamineInboxITALY() throws Exception {
            renamingInbox(Locale.ITALY);
        }

        @Test
        @Override
        public void testAppendExamineInboxKOREA() throws Exception {
            renamingInbox(Locale.KOREA);
        }

        private void renamingInbox(Locale locale) throws Exception {
            SimpleScriptedTestProtocol protocol = host.edited(
                    locale,
                    script -> script.replace(
                            "C: a RENAME INBOX tobedeleted\n",
                            "C: a RENAME INBOX tobedeleted\nS: \\* 1 EXPUNGE\nS: \\* 1 EXPUNGE\n"));
            BasicImapCommands.welcome(protocol);
            BasicImapCommands.authenticate(protocol);
            protocol.run("AppendExamineInbox");
        }
    }

    @Nested
    class ConcurrentSessions extends org.apache.james.mpt.imapmailbox.suite.ConcurrentSessions {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }

        // RFC 3501 section 2.3.1.2: a number that was not yet told by EXISTS names nothing. The same script with a NOOP
        // before.

        @Test
        @Override
        public void testConcurrentExistsResponseUS() throws Exception {
            existsBeforeStore(Locale.US);
        }

        @Test
        @Override
        public void testConcurrentExistsResponseKOREA() throws Exception {
            existsBeforeStore(Locale.KOREA);
        }

        @Test
        @Override
        public void testConcurrentExistsResponseITALY() throws Exception {
            existsBeforeStore(Locale.ITALY);
        }

        private void existsBeforeStore(Locale locale) throws Exception {
            String store = "C: 3b STORE 1 +FLAGS.SILENT (\\Flagged)\n";
            String exists = "S: \\* 1 EXISTS\nS: \\* 1 RECENT\n";
            SimpleScriptedTestProtocol protocol = host.edited(
                    locale,
                    script -> script.replace(
                            store + exists, "C: 3n NOOP\n" + exists + "S: 3n OK NOOP completed.\n\n" + store));
            BasicImapCommands.welcome(protocol);
            BasicImapCommands.authenticate(protocol);
            protocol.run("ConcurrentExistsResponse");
        }
    }

    @Nested
    class Condstore extends org.apache.james.mpt.imapmailbox.suite.Condstore {
        @Override
        protected JamesImapHostSystem createJamesImapHostSystem() {
            return host.configurable();
        }
    }

    @Nested
    class Copy extends org.apache.james.mpt.imapmailbox.suite.Copy {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class Events extends org.apache.james.mpt.imapmailbox.suite.Events {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class Expunge extends org.apache.james.mpt.imapmailbox.suite.Expunge {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class Fetch extends org.apache.james.mpt.imapmailbox.suite.Fetch {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class FetchBodySection extends org.apache.james.mpt.imapmailbox.suite.FetchBodySection {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class FetchBodyStructure extends org.apache.james.mpt.imapmailbox.suite.FetchBodyStructure {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }

        // mime4j 0.8.13 (docs/decisions/0003) writes the default charset in capitals: the same scripts, with names of
        // charsets
        // compared as RFC 2046 section 4.1.2 has it, without regard to case.

        @Test
        @Override
        public void testFetchFetchSimpleBodyStructureUS() throws Exception {
            host.runWithAnyCaseOfCharsets("FetchSimpleBodyStructure", Locale.US);
        }

        @Test
        @Override
        public void testFetchFetchSimpleBodyStructureKOREA() throws Exception {
            host.runWithAnyCaseOfCharsets("FetchSimpleBodyStructure", Locale.KOREA);
        }

        @Test
        @Override
        public void testFetchFetchSimpleBodyStructureITALY() throws Exception {
            host.runWithAnyCaseOfCharsets("FetchSimpleBodyStructure", Locale.ITALY);
        }

        @Test
        @Override
        public void testFetchFetchMultipartBodyStructureUS() throws Exception {
            host.runWithAnyCaseOfCharsets("FetchMultipartBodyStructure", Locale.US);
        }

        @Test
        @Override
        public void testFetchFetchMultipartBodyStructureKOREA() throws Exception {
            host.runWithAnyCaseOfCharsets("FetchMultipartBodyStructure", Locale.KOREA);
        }

        @Test
        @Override
        public void testFetchFetchMultipartBodyStructureITALY() throws Exception {
            host.runWithAnyCaseOfCharsets("FetchMultipartBodyStructure", Locale.ITALY);
        }

        @Test
        @Override
        public void testFetchStructureEmbeddedUS() throws Exception {
            host.runWithAnyCaseOfCharsets("FetchStructureEmbedded", Locale.US);
        }

        @Test
        @Override
        public void testFetchStructureEmbeddedITALY() throws Exception {
            host.runWithAnyCaseOfCharsets("FetchStructureEmbedded", Locale.ITALY);
        }

        @Test
        @Override
        public void testFetchStructureEmbeddedKOREA() throws Exception {
            host.runWithAnyCaseOfCharsets("FetchStructureEmbedded", Locale.KOREA);
        }

        @Test
        @Override
        public void testFetchStructureComplexUS() throws Exception {
            host.runWithAnyCaseOfCharsets("FetchStructureComplex", Locale.US);
        }

        @Test
        @Override
        public void testFetchStructureComplexITALY() throws Exception {
            host.runWithAnyCaseOfCharsets("FetchStructureComplex", Locale.ITALY);
        }

        @Test
        @Override
        public void testFetchStructureComplexKOREA() throws Exception {
            host.runWithAnyCaseOfCharsets("FetchStructureComplex", Locale.KOREA);
        }
    }

    @Nested
    class FetchHeaders extends org.apache.james.mpt.imapmailbox.suite.FetchHeaders {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class Listing extends org.apache.james.mpt.imapmailbox.suite.Listing {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class ListingWithSharing extends org.apache.james.mpt.imapmailbox.suite.ListingWithSharingTest {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class MailboxAnnotation extends org.apache.james.mpt.imapmailbox.suite.MailboxAnnotation {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class MailboxWithLongNameError extends org.apache.james.mpt.imapmailbox.suite.MailboxWithLongNameError {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class Move extends org.apache.james.mpt.imapmailbox.suite.Move {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }

        // RFC 6851 section 4.3: COPYUID before the first EXPUNGE.
        @Test
        @Override
        public void moveShouldWork() throws Exception {
            String move = "C: a4 MOVE 2:3 moved\n";
            SimpleScriptedTestProtocol protocol = host.edited(
                    Locale.US, script -> script.replace(move, move + "S: \\* OK \\[COPYUID \\d+ 2:3 1:2\\] moved\n")
                            .replace("a4 OK (\\[.+\\] )?MOVE", "a4 OK MOVE"));
            BasicImapCommands.welcome(protocol);
            BasicImapCommands.authenticate(protocol);
            BasicImapCommands.prepareMailbox(protocol);
            protocol.run("Move");
        }
    }

    @Nested
    class NonAuthenticatedState extends org.apache.james.mpt.imapmailbox.suite.NonAuthenticatedState {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class ObjectId extends org.apache.james.mpt.imapmailbox.suite.ObjectId {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class PartialFetch extends org.apache.james.mpt.imapmailbox.suite.PartialFetch {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class Quota extends org.apache.james.mpt.imapmailbox.suite.QuotaTest {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class Recent extends org.apache.james.mpt.imapmailbox.suite.Recent {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class Rename extends org.apache.james.mpt.imapmailbox.suite.Rename {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class Search extends org.apache.james.mpt.imapmailbox.suite.Search {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class Security extends org.apache.james.mpt.imapmailbox.suite.Security {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class Select extends org.apache.james.mpt.imapmailbox.suite.Select {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class SelectedInbox extends org.apache.james.mpt.imapmailbox.suite.SelectedInbox {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }

        // RFC 5258 section 3.5: a folder that is not subscribed is told of only for one below it that the pattern does
        // not name.
        @Test
        @Override
        public void testListSubscribed() throws Exception {
            SimpleScriptedTestProtocol protocol = host.edited(Locale.US, ImapScriptsTest::asRfc5258HasIt);
            BasicImapCommands.welcome(protocol);
            BasicImapCommands.authenticate(protocol);
            BasicImapCommands.selectInbox(protocol);
            protocol.run("ListSubscribed");
        }
    }

    @Nested
    class SelectedState extends org.apache.james.mpt.imapmailbox.suite.SelectedState {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class UidSearch extends org.apache.james.mpt.imapmailbox.suite.UidSearch {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class UidSearchOnIndex extends org.apache.james.mpt.imapmailbox.suite.UidSearchOnIndex {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    @Nested
    class UserFlagsSupport extends org.apache.james.mpt.imapmailbox.suite.UserFlagsSupport {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }
    }

    /** And LIST (REMOTE) tells of local folders too (section 3.1), where the script wants none. */
    private static String asRfc5258HasIt(String script) {
        return script.replaceFirst("(A24 LIST[^\n]*\nSUB \\{\n)[^\n]*CHILDINFO[^\n]*\n", "$1")
                .replaceFirst("(?s)C: A31 LIST.*?S: A31 OK LIST completed\\.\n", "");
    }
}
