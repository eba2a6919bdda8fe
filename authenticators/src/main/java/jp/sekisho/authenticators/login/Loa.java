package jp.sekisho.authenticators.login;

import java.util.Set;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.factor.FactorClass;

/** Levels of authentication; the realm maps {@code urn:sekisho:acr:…} to them. */
final class Loa {

    static final int PASSWORD = 1;
    static final int MFA = 2;
    static final int PHISHING_RESISTANT = 3;
    /** Of no login: what is confirmed is one operation, after it. */
    static final int OPERATION = 4;

    private Loa() {}

    /** What was really done. */
    static int of(Set<Factor> shown) {
        FactorClass best = FactorClass.KNOWLEDGE;
        for (Factor factor : shown) {
            best = factor.factorClass().satisfies(best) ? factor.factorClass() : best;
        }
        return switch (best) {
            case KNOWLEDGE -> PASSWORD;
            // One code alone is one factor.
            case OTP -> shown.size() > 1 ? MFA : PASSWORD;
            case PHISHING_RESISTANT -> PHISHING_RESISTANT;
        };
    }
}
