package jp.sekisho.policies.passkey;

import java.util.Collection;

/** Which passkey an operation asks for, where it asks for one. */
// JP25-1
public enum PasskeyRule {
    ANY {
        @Override
        public boolean satisfiedBy(Collection<PasskeyFacts> shown) {
            return true;
        }
    },
    /** One that is not copied to other devices by its maker's cloud. */
    DEVICE_BOUND {
        @Override
        public boolean satisfiedBy(Collection<PasskeyFacts> shown) {
            return shown.stream().anyMatch(PasskeyFacts::deviceBound);
        }
    },
    /** Two different ones. */
    SECOND {
        @Override
        public boolean satisfiedBy(Collection<PasskeyFacts> shown) {
            return shown.stream().map(PasskeyFacts::credential).distinct().count() > 1;
        }
    };

    public abstract boolean satisfiedBy(Collection<PasskeyFacts> shown);
}
