package jp.sekisho.checkpoint.policy;

import java.util.Optional;
import jp.sekisho.policies.profile.Contact;
import jp.sekisho.policies.profile.Profile;

/**
 * What a realm's component says.
 *
 * @param profileId the profile that the realm chose
 * @param profile the profile, with the realm's own changes to it
 * @param monitor decide and record, enforce nothing
 * @param contact the firm's contact point
 * @param webhook where notices go besides mail
 * @param version profile and digest of everything above: each decision carries it
 */
// JP25-10
public record RealmPolicy(
        String profileId,
        Profile profile,
        boolean monitor,
        Contact contact,
        Optional<WebhookSettings> webhook,
        String version) {}
