package jp.sekisho.policies.access;

import java.util.regex.Pattern;

/** What a rule looks at. */
public sealed interface Match {

    /** Stored by name: never rename. */
    enum Kind {
        NETWORK,
        ASN,
        COUNTRY,
        KNOWN_DEVICE,
        ABROAD
    }

    /** @param length of the prefix, in bits */
    record Network(IpAddress address, int length) implements Match {
        public Network {
            if (length < 0 || length > address.bits()) {
                throw new IllegalArgumentException("a prefix has from 0 to " + address.bits() + " bits");
            }
            address = address.masked(length);
        }
    }

    /** @param asn autonomous system number */
    record AutonomousSystem(long asn) implements Match {
        private static final long LAST = (1L << 32) - 1;

        public AutonomousSystem {
            if (asn < 1 || asn > LAST) {
                throw new IllegalArgumentException("an autonomous system has a number from 1 to " + LAST);
            }
        }
    }

    /** @param code ISO 3166-1 alpha-2; ZZ where the database does not know */
    record Country(String code) implements Match {
        private static final Pattern CODE = Pattern.compile("[A-Z]{2}");

        public Country {
            if (!CODE.matcher(code).matches()) {
                throw new IllegalArgumentException("a country is two capital letters, such as JP");
            }
        }
    }

    /** Any country but Japan, and where the database knows none. */
    record Abroad() implements Match {

        static boolean is(String country) {
            return !country.equals("JP");
        }
    }

    /** Devices on which the customer was verified. */
    record KnownDevice() implements Match {}
}
