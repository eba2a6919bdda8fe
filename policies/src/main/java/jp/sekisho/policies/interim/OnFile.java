package jp.sekisho.policies.interim;

import java.util.Optional;

/**
 * What is on file of a customer's way to a passkey.
 *
 * @param exemption the last one, ended or not
 * @param postponed how often he put off
 */
public record OnFile(Optional<Exemption> exemption, int postponed) {

    public static final OnFile NOTHING = new OnFile(Optional.empty(), 0);
}
