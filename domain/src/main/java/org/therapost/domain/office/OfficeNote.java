package org.therapost.domain.office;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.clientkeys.ComparisonPhrase;
import org.therapost.domain.clientkeys.KeySource;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.exchangers.ClientServers;
import org.therapost.domain.record.Checkpoint;
import org.therapost.domain.sessions.mail.MailOrigin;

/** A word of the office to a therapist that is not about the times of a thread. */
public sealed interface OfficeNote {

    /** How commands are written. */
    record Help(Occasion occasion) implements OfficeNote {}

    /** Why a therapist gets help. */
    enum Occasion {
        /** Help was asked for. */
        QUESTION,
        /** A mail was not understood, and nothing was done. */
        NOT_UNDERSTOOD
    }

    /**
     * A command names no client, or more than one; nothing was done.
     *
     * @param threads those of the clients that may be meant
     */
    record WhichClient(List<ClientThread> threads) implements OfficeNote {

        public WhichClient {
            threads = List.copyOf(threads);
        }

        @Override
        public String toString() {
            return "WhichClient[" + threads.size() + " threads]";
        }
    }

    /** Something that the therapist's program sent by itself was not passed on to the client. */
    record NotPassedOn(MailOrigin origin) implements OfficeNote {}

    /** Something that a program sent by itself to the office; nothing was done. */
    record AutomaticMail() implements OfficeNote {}

    /** An event that counts names an organizer of whom we do not know whether it is the therapist. */
    record IsItYours(EmailAddress organizer) implements OfficeNote {}

    /** Somebody else's event went to the client as a file that comes with a letter; no session came of it. */
    record EventOfAnother(EmailAddress organizer) implements OfficeNote {}

    /**
     * A checkpoint of the record, for the therapist to keep.
     *
     * @param signed it with the therapist's signature
     */
    record RecordCheckpoint(Checkpoint checkpoint, String signed) implements OfficeNote {}

    /** Operators may know the password, because they typed it or saw it printed: it should be changed. */
    record PasswordKnown() implements OfficeNote {}

    /**
     * What the server has on file about a thread is not as the server wrote it: somebody changed the database. Nothing goes there.
     *
     * @param address of the thread; who the client is may be just what was changed
     */
    record ThreadChanged(EmailAddress address) implements OfficeNote {}

    /** Mail from outside claimed to be an invitation to a thread; it was refused. */
    record InvitationFromOutside(Optional<EmailAddress> author) implements OfficeNote {}

    /** What came of the order to accept a client's new mail server. */
    record ServerAcceptance(ClientServers.Acceptance outcome) implements OfficeNote {}
    /** About a client's OpenPGP key. */
    sealed interface OfClientKey extends OfficeNote {}

    /** The first key came with the client's own mail: answers are encrypted to it from now on. */
    record KeyTaken() implements OfClientKey {}

    /**
     * A key came, and is not used before the therapist confirms it.
     *
     * @param source whence
     * @param mailbox of the client's, from which it came with mail
     */
    record KeyWaits(KeySource source, Beside beside, Optional<EmailAddress> mailbox) implements OfClientKey {

        @Override
        public String toString() {
            return "KeyWaits[" + source + ", " + beside + "]";
        }
    }

    /** Beside what a key waits. */
    enum Beside {
        /** None is in use. */
        NONE,
        /** Another one is in use, and is used for a day. */
        KEY_IN_USE
    }

    /** Nothing can be encrypted to the client's key any more: it was revoked, or has expired. */
    record KeyEnded() implements OfClientKey {}

    /** Those who run the server took the client's key off file. */
    record KeyRemoved(Removed key) implements OfClientKey {}

    /** Which key was taken off file. */
    enum Removed {
        /** The one in use: answers wait. */
        IN_USE,
        /** One that waited, and none was in use: answers go as before it came. */
        WAITING
    }

    /**
     * What is to be compared with the client, and how to say that it was.
     *
     * @param fingerprint of the client's key, in lower-case hexadecimal
     */
    record KeyQuestion(Asked asked, Standing standing, String fingerprint, ComparisonPhrase phrase)
            implements OfClientKey {

        /** What was asked for. */
        public enum Asked {
            CONFIRM,
            REFUSE
        }

        /** How it stands with the key. */
        public enum Standing {
            WAITING,
            NOT_COMPARED,
            COMPARED
        }

        @Override
        public String toString() {
            return "KeyQuestion[" + asked + ", " + standing + "]";
        }
    }

    /** What a command about a client's key has done. */
    record KeyAnswer(KeyWord said) implements OfClientKey {}

    /** What is said to such a command. */
    enum KeyWord {
        CONFIRMED,
        REFUSED,
        /** The one in use was refused: answers wait. */
        REFUSED_THE_ONLY_ONE,
        /** One that waited was refused, and none was in use. */
        REFUSED_UNUSED,
        WRONG_WORDS,
        NO_KEY
    }

    /**
     * The addresses outside under which the therapist's calendar may write.
     *
     * @param change what was done just now, if anything
     */
    record OwnAddresses(Change change, List<EmailAddress> confirmed) implements OfficeNote {

        public OwnAddresses {
            confirmed = List.copyOf(confirmed);
        }

        @Override
        public String toString() {
            return "OwnAddresses[" + change + ", " + confirmed.size() + " addresses]";
        }
    }

    /** What was done with an address. */
    enum Change {
        NONE,
        CONFIRMED,
        REFUSED,
        FORGOTTEN,
        UNKNOWN
    }
}
