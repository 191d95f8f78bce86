package org.therapost.storage.james.data;

import java.util.Optional;
import org.apache.james.core.Username;
import org.apache.james.user.api.model.User;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.domain.sealing.keys.Passwords;

/** An account as James sees it. A new password is stored by {@code updateUser}. */
final class AccountUser implements User {

    private final Username name;
    private final Passwords passwords;
    private PasswordRecord record;

    AccountUser(Username name, PasswordRecord record, Passwords passwords) {
        this.name = name;
        this.record = record;
        this.passwords = passwords;
    }

    @Override
    public Username getUserName() {
        return name;
    }

    PasswordRecord record() {
        return record;
    }

    @Override
    public boolean verifyPassword(String offered) {
        Password password = Password.offered(offered);
        if (password.tooLong()) {
            return false;
        }
        try {
            var key = passwords.prove(record, password);
            key.ifPresent(org.therapost.domain.sealing.keys.PasswordKey::close);
            return key.isPresent();
        } catch (CannotTellException busy) {
            throw new IllegalStateException("too busy to try a password", busy);
        }
    }

    @Override
    public boolean setPassword(String password) {
        record = passwords.wrap(Password.offered(password), Optional.empty()).record();
        return true;
    }
}
