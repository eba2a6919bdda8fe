package jp.sekisho.checkpoint.geo;

import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import org.keycloak.provider.Provider;

/**
 * Where an address is and whose network it belongs to. Nothing but memory and CPU: no network, no file, no database.
 *
 * <p>An address the databases do not list, a private one included, is a value ({@code ZZ}, ASN 0). No database
 * configured: not collected. One configured and none that can be used: withheld.
 */
// FFAJ-3-S1
public interface GeoProvider extends Provider {

    Whereabouts look(Field<ClientAddress> address);

    /** A database in use is older than it may be: what looks familiar must not lower the risk. */
    boolean stale();
}
