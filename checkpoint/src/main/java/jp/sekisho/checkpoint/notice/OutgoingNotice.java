package jp.sekisho.checkpoint.notice;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.policy.WebhookSettings;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.profile.Contact;
import org.keycloak.models.RealmModel;

/**
 * A notice on its way out.
 *
 * @param id the same at every attempt
 * @param userId Keycloak's id of the customer; empty where it is for the desk and about nobody
 * @param customer the customer's user name, masked; empty where there is none
 * @param locale the customer's language when it happened
 * @param stopCode freezes the customer without a login, as it is shown; empty where the notice is for the desk
 * @param heldBack of a summary: how many of which notice
 */
public record OutgoingNotice(
        String id,
        RealmModel realm,
        Optional<String> userId,
        String customer,
        Notice notice,
        Locale locale,
        NoticePayload payload,
        Contact contact,
        Optional<WebhookSettings> webhook,
        String stopCode,
        Map<Notice, Long> heldBack) {}
