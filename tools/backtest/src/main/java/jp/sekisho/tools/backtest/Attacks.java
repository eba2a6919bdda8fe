package jp.sekisho.tools.backtest;

/** Which attempts of the file count as attacks. */
enum Attacks {
    /** Identified as an account takeover. */
    TAKEOVER,
    /** From an address of the known attackers. */
    ATTACK_IP,
    EITHER;

    boolean includes(Logins logins, int row) {
        return switch (this) {
            case TAKEOVER -> logins.takeover(row);
            case ATTACK_IP -> logins.attackIp(row);
            case EITHER -> logins.takeover(row) || logins.attackIp(row);
        };
    }
}
