package jp.sekisho.checkpoint.policy;

import java.net.URI;
import java.util.List;

/**
 * Where a realm's notices go besides mail.
 *
 * @param url https; whether the server may call its host is decided when the policy is saved, and again at each call
 * @param secrets references into the vault, the current one first; two while secrets are rotated
 */
public record WebhookSettings(URI url, List<String> secrets) {

    /** The policy's key for the URL. */
    public static final String URL = "webhook-url";

    public WebhookSettings {
        secrets = List.copyOf(secrets);
    }
}
