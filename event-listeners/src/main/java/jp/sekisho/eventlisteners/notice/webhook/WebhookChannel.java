package jp.sekisho.eventlisteners.notice.webhook;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.sekisho.checkpoint.notice.NoticeChannel;
import jp.sekisho.checkpoint.notice.OutgoingNotice;
import jp.sekisho.checkpoint.notice.UndeliverableException;
import jp.sekisho.checkpoint.policy.WebhookSettings;
import jp.sekisho.eventlisteners.notice.text.NoticeTexts;
import org.keycloak.models.KeycloakSession;
import org.keycloak.vault.VaultStringSecret;

/**
 * Posts a notice to the firm's gateway, which sends SMS, LINE or push.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
final class WebhookChannel implements NoticeChannel {

    private static final int GONE = 410;

    private final KeycloakSession session;
    private final WebhookClient client;
    private final Clock clock;

    WebhookChannel(KeycloakSession session, WebhookClient client, Clock clock) {
        this.session = session;
        this.client = client;
        this.clock = clock;
    }

    @Override
    public void send(OutgoingNotice notice) throws UndeliverableException {
        WebhookSettings settings = notice.webhook()
                .orElseThrow(() -> UndeliverableException.atPresent("the realm's policy names no webhook", null));
        String json = WebhookBody.json(notice, NoticeTexts.of(session, notice));
        long timestamp = clock.instant().getEpochSecond();
        Map<String, String> headers = Map.of(
                "webhook-id", notice.id(),
                "webhook-timestamp", Long.toString(timestamp),
                "webhook-signature", signatures(secrets(settings), notice.id(), timestamp, json));
        int status;
        try {
            status = client.post(settings.url(), headers, json);
        } catch (IOException failed) {
            throw UndeliverableException.atPresent(
                    failed.getClass().getSimpleName() + ": " + failed.getMessage(), failed);
        }
        if (status == GONE) {
            throw UndeliverableException.forEver("the receiver answered 410", null);
        }
        if (status < 200 || status > 299) {
            throw UndeliverableException.atPresent("the receiver answered " + status, null);
        }
    }

    /** One for each secret: a receiver that has either accepts. */
    static String signatures(List<Secret> secrets, String id, long timestamp, String json) {
        return secrets.stream()
                .map(secret -> secret.signature(id, timestamp, json))
                .collect(Collectors.joining(" "));
    }

    private List<Secret> secrets(WebhookSettings settings) throws UndeliverableException {
        try {
            return settings.secrets().stream().map(this::secret).toList();
        } catch (IllegalArgumentException wrong) {
            throw UndeliverableException.atPresent(wrong.getMessage(), wrong);
        }
    }

    private Secret secret(String reference) {
        try (VaultStringSecret secret = session.vault().getStringSecret(reference)) {
            return Secret.of(secret.get()
                    .orElseThrow(() -> new IllegalArgumentException("the vault has no entry " + reference)));
        }
    }
}
