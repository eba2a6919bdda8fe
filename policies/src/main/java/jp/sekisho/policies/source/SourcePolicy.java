package jp.sekisho.policies.source;

import java.time.Duration;
import jp.sekisho.policies.evidence.Network;

/**
 * When a source (IPv4 address or IPv6 /64) that fails over many customers is met with suspicion. Japanese carriers share
 * IPv4 addresses, so a number of failing customers alone says little: most of those who tried must have failed.
 *
 * @param window over which customers are counted
 * @param refusal how long passwords of unknown devices are refused once a source is hostile
 * @param ordinary limits for an address of its own
 * @param shared limits for networks on the list of shared ones
 */
public record SourcePolicy(Duration window, Duration refusal, Limits ordinary, Limits shared) {

    /**
     * Each limit is passed when more customers than this failed and more than this share of those tried.
     *
     * @param suspectCustomers above: unknown devices need a second factor whatever the risk
     * @param suspectShare 0 to 1
     * @param hostileCustomers above: passwords of unknown devices are refused for a while
     * @param hostileShare 0 to 1
     */
    public record Limits(int suspectCustomers, double suspectShare, int hostileCustomers, double hostileShare) {
        public Limits {
            require(suspectCustomers >= 1, "suspect-customers must be at least 1");
            require(hostileCustomers >= suspectCustomers, "hostile-customers must not be below suspect-customers");
            require(suspectShare > 0 && suspectShare < 1, "suspect-share must lie between 0 and 1");
            require(
                    hostileShare >= suspectShare && hostileShare < 1,
                    "hostile-share must lie between suspect-share and 1");
        }
    }

    public enum Standing {
        ORDINARY,
        SUSPECT,
        HOSTILE
    }

    public SourcePolicy {
        require(
                window.compareTo(Duration.ZERO) > 0 && window.compareTo(Duration.ofHours(24)) <= 0,
                "source.window must be up to 24 hours");
        require(
                refusal.compareTo(Duration.ZERO) > 0 && refusal.compareTo(Duration.ofHours(24)) <= 0,
                "source.refusal must be up to 24 hours");
    }

    /**
     * @param tried distinct customers tried from the source in the window
     * @param failed of them, those with a failure and no success
     */
    public Standing judge(Network.Kind kind, long tried, long failed) {
        Limits limits = kind == Network.Kind.SHARED ? shared : ordinary;
        if (failed > limits.hostileCustomers() && failed > limits.hostileShare() * tried) {
            return Standing.HOSTILE;
        }
        return failed > limits.suspectCustomers() && failed > limits.suspectShare() * tried
                ? Standing.SUSPECT
                : Standing.ORDINARY;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
