package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.therapost.domain.access.Accounts;
import org.therapost.domain.access.LogIn;
import org.therapost.domain.access.LoginTasks;
import org.therapost.domain.access.PasswordGuessLimit;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.domain.carriage.SigningSubkeys;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.enrolment.AddSigningSubkeys;
import org.therapost.domain.journeys.SignCheckpoint;
import org.therapost.domain.journeys.TellEndedKeys;
import org.therapost.domain.office.ClientKeyDesk;
import org.therapost.domain.office.NoteFiling;
import org.therapost.domain.record.Checkpoints;
import org.therapost.domain.sealing.OpenedMessageCache;
import org.therapost.domain.sealing.ReadingMemory;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.keys.KeyShares;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sealing.keys.Passwords;
import org.therapost.openpgp.BouncyCastleKeys;
import org.therapost.openpgp.BouncyCastleSealer;
import org.therapost.openpgp.passwords.Argon2Cost;
import org.therapost.openpgp.passwords.Argon2Passwords;
import org.therapost.server.limits.BucketPasswordGuessLimit;
import org.therapost.server.limits.LoginQueue;
import org.therapost.server.limits.LoginSettings;
import org.therapost.server.limits.LoginTaskQueue;
import org.therapost.server.metrics.CountedGuesses;

/** Sealing by OpenPGP, logins by Argon2id. */
public final class SealingModule extends AbstractModule {

    private final Argon2Cost passwordCost;

    /** @param passwordCost of a password that is set from now on */
    public SealingModule(Argon2Cost passwordCost) {
        this.passwordCost = passwordCost;
    }

    @Provides
    @Singleton
    Sealer sealer(Clock clock) {
        return new BouncyCastleSealer(clock);
    }

    @Provides
    @Singleton
    OpenPgpKeys keys(Clock clock, ReadingMemory memory) {
        return new BouncyCastleKeys(clock, new OpenedMessageCache(memory.octets()));
    }

    @Provides
    @Singleton
    Passwords passwords(LoginSettings settings) {
        return new Argon2Passwords(passwordCost, hashes(settings), settings.waiting());
    }

    @Provides
    @Singleton
    LoginQueue loginQueue(LoginSettings settings) {
        return new LoginQueue(hashes(settings), settings.waiting());
    }

    private int hashes(LoginSettings settings) {
        return settings.hashes().orElseGet(() -> Argon2Passwords.atATime(passwordCost));
    }

    @Provides
    @Singleton
    ReaderLogins readers(Accounts accounts, Passwords passwords, OpenPgpKeys keys, KeyShares shares, LoginTasks tasks) {
        return new ReaderLogins(accounts, passwords, keys, shares, tasks);
    }

    @Provides
    @Singleton
    LoginTaskQueue loginTaskQueue() {
        return new LoginTaskQueue();
    }

    @Provides
    @Singleton
    LoginTasks loginTasks(
            Directory directory,
            SigningSubkeys subkeys,
            OpenPgpKeys keys,
            ClientKeyDesk desk,
            Checkpoints checkpoints,
            NoteFiling notes,
            Clock clock,
            LoginTaskQueue queue) {
        return new LoginTasks(
                List.of(
                        new AddSigningSubkeys(directory, subkeys, keys, clock),
                        new TellEndedKeys(directory, desk),
                        new SignCheckpoint(directory, keys, checkpoints, notes, clock)),
                queue,
                LoginTaskQueue::failed);
    }

    @Provides
    @Singleton
    PasswordGuessLimit guesses(LoginSettings settings, ServerKey serverKey, Clock clock, MeterRegistry meters) {
        return new CountedGuesses(
                new BucketPasswordGuessLimit(
                        settings.failures(), settings.delay(), settings.longestWait(), serverKey, clock),
                meters);
    }

    @Provides
    @Singleton
    LogIn logIn(ReaderLogins readers, PasswordGuessLimit guesses, LoginQueue queue) {
        return new LogIn(readers, guesses, queue);
    }
}
