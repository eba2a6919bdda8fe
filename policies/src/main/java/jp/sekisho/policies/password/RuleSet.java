package jp.sekisho.policies.password;

/** Rules of passwords by the name of who asks for them; their numbers are in the document of that name beside this class. */
// FFAJ-1.2-S1; NIST SP 800-63B-4 §3.1.1.2
public enum RuleSet {
    /** Length, a blocklist and strength; no composition. */
    NIST_63B4("nist-63b4"),
    /** Composition. */
    FFAJ_2021("ffaj-2021");

    private final String word;

    RuleSet(String word) {
        this.word = word;
    }

    /** As a policy names it. */
    @Override
    public String toString() {
        return word;
    }
}
