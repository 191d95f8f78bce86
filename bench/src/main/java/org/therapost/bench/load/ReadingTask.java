package org.therapost.bench.load;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;

/** What a mail program does with a mailbox. Each is measured on its own; logging in first is not part of it. */
public enum ReadingTask {
    LOGIN("connect, LOGIN, hang up", "login") {
        @Override
        public int run(ReadTarget readTarget, ImapClient unused, int messages) throws IOException {
            for (int i = 0; i < LOGINS; i++) {
                try (ImapClient session = ImapClient.connect(readTarget)) {
                    session.login(readTarget);
                }
            }
            return LOGINS;
        }
    },
    FLAGS("UID FETCH 1:* (FLAGS)", "message") {
        @Override
        public int run(ReadTarget readTarget, ImapClient session, int messages) throws IOException {
            return whole(session.command("UID FETCH 1:* (FLAGS)"), messages);
        }
    },
    HEADERS("the header fields that Thunderbird lists", "message") {
        @Override
        public int run(ReadTarget readTarget, ImapClient session, int messages) throws IOException {
            return whole(session.command(THUNDERBIRD), messages);
        }
    },
    HEADERS_AGAIN("the same again, in the same session", "message") {
        @Override
        public int run(ReadTarget readTarget, ImapClient session, int messages) throws IOException {
            return HEADERS.run(readTarget, session, messages);
        }
    },
    SORT("UID SORT (REVERSE DATE SUBJECT) UTF-8 ALL", "message") {
        @Override
        public int run(ReadTarget readTarget, ImapClient session, int messages) throws IOException {
            return whole(session.order("UID SORT (REVERSE DATE SUBJECT) UTF-8 ALL"), messages);
        }
    },
    THREAD("UID THREAD REFERENCES UTF-8 ALL", "message") {
        @Override
        public int run(ReadTarget readTarget, ImapClient session, int messages) throws IOException {
            return whole(session.order("UID THREAD REFERENCES UTF-8 ALL"), messages);
        }
    },
    BODIES("UID FETCH 1:* (BODY.PEEK[])", "message") {
        @Override
        public int run(ReadTarget readTarget, ImapClient session, int messages) throws IOException {
            return whole(session.command("UID FETCH 1:* (BODY.PEEK[])"), messages);
        }
    },
    BODIES_AGAIN("the same again, in the same session", "message") {
        @Override
        public int run(ReadTarget readTarget, ImapClient session, int messages) throws IOException {
            return BODIES.run(readTarget, session, messages);
        }
    },
    SEARCH_FLAGS("SEARCH UNSEEN SINCE 1-Jan-2026 LARGER 100", "search") {
        @Override
        public int run(ReadTarget readTarget, ImapClient session, int messages) throws IOException {
            session.command("UID SEARCH UNSEEN SINCE 1-Jan-2026 LARGER 100");
            return 1;
        }
    },
    SEARCH_SUBJECT("SEARCH SUBJECT", "search") {
        @Override
        public int run(ReadTarget readTarget, ImapClient session, int messages) throws IOException {
            session.command("UID SEARCH SUBJECT \"part 77\"");
            return 1;
        }
    },
    SEARCH_SUBJECT_AGAIN("SEARCH SUBJECT, another word, in the same session", "search") {
        @Override
        public int run(ReadTarget readTarget, ImapClient session, int messages) throws IOException {
            session.command("UID SEARCH SUBJECT \"part 78\"");
            return 1;
        }
    },
    SEARCH_TEXT("SEARCH TEXT, a word that nobody wrote", "search") {
        @Override
        public int run(ReadTarget readTarget, ImapClient session, int messages) throws IOException {
            session.command("UID SEARCH TEXT \"qzxqzxqzx\"");
            return 1;
        }
    };

    /** Of a large mailbox; what James in memory has not is not among {@link #OF_EVERYBODY}. */
    public static final List<ReadingTask> OF_A_LIST = List.of(FLAGS, HEADERS, SORT, THREAD);

    /** What every contestant can do. */
    public static final List<ReadingTask> OF_EVERYBODY = List.copyOf(EnumSet.complementOf(EnumSet.of(SORT, THREAD)));

    private static final int LOGINS = 20;
    private static final String THUNDERBIRD = "UID FETCH 1:* (UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS"
            + " (From To Cc Bcc Subject Date Message-ID Priority X-Priority References Newsgroups In-Reply-To"
            + " Content-Type Reply-To)])";

    private final String title;
    private final String unit;

    ReadingTask(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    public String title() {
        return title;
    }

    /** Of what there are so many a second. */
    public String unit() {
        return unit;
    }

    /**
     * Does it once.
     *
     * @param messages that the mailbox holds
     * @return how many {@link #unit}s that was
     */
    public abstract int run(ReadTarget readTarget, ImapClient session, int messages) throws IOException;

    private static int whole(int fetched, int messages) throws IOException {
        if (fetched != messages) {
            throw new IOException("The server sent " + fetched + " of " + messages + " messages");
        }
        return fetched;
    }
}
