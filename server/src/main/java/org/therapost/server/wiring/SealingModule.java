package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.therapost.domain.people.Accounts;
import org.therapost.domain.sealing.KeyShares;
import org.therapost.domain.sealing.Keys;
import org.therapost.domain.sealing.Passwords;
import org.therapost.domain.sealing.ReaderSessions;
import org.therapost.domain.sealing.ReadingMemory;
import org.therapost.domain.sealing.Sealer;
import org.therapost.openpgp.Argon2Passwords;
import org.therapost.openpgp.BouncyCastleKeys;
import org.therapost.openpgp.BouncyCastleSealer;
import org.therapost.server.configuration.Configuration;

/** Sealing by OpenPGP, logins by Argon2id. */
public final class SealingModule extends AbstractModule {

    @Provides
    @Singleton
    Sealer sealer(Clock clock) {
        return new BouncyCastleSealer(clock);
    }

    @Provides
    @Singleton
    Keys keys(Clock clock, Configuration configuration) {
        return new BouncyCastleKeys(clock, new ReadingMemory(configuration.readingMemory()));
    }

    @Provides
    @Singleton
    Passwords passwords() {
        return new Argon2Passwords();
    }

    @Provides
    @Singleton
    ReaderSessions readers(Accounts accounts, Passwords passwords, Keys keys, KeyShares shares) {
        return new ReaderSessions(accounts, passwords, keys, shares);
    }
}
