package jp.sekisho.policies.evidence;

/**
 * What the browser says of itself: the chain of CLIENT. It only describes, it never identifies.
 *
 * @param deviceType {@code desktop}, {@code mobile}, {@code tablet}, {@code bot} or {@code other}
 * @param os the system's family, for example {@code Windows}
 * @param browser the browser's family, for example {@code Chrome}
 * @param majorVersion the browser's major version, empty where not told
 */
public record UserAgent(String deviceType, String os, String browser, String majorVersion) {}
