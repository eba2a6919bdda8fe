package jp.sekisho.policies.evidence;

/**
 * The network an address belongs to.
 *
 * @param asn autonomous system number, 0 where the database does not know
 * @param organisation the operator's name, empty where not known
 * @param kind what the local list says of the network
 */
public record Network(long asn, String organisation, Kind kind) {

    public enum Kind {
        ORDINARY,
        /** Many customers behind one address (carrier-grade NAT, a large firm): limits of its own. */
        SHARED,
        HOSTING,
        ANONYMISER
    }
}
