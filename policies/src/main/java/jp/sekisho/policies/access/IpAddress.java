package jp.sekisho.policies.access;

/**
 * An address as a number.
 *
 * @param bits 32 for IPv4, 128 for IPv6
 * @param high the upper 64 bits; 0 for IPv4
 * @param low the lower 64 bits
 */
public record IpAddress(int bits, long high, long low) {

    private static final int HALF = 64;

    /** @param octets 4 or 16, in the order of the network */
    public static IpAddress of(byte[] octets) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < octets.length; i++) {
            int octet = octets[i] & 0xff;
            if (octets.length - i > Long.BYTES) {
                high = high << Byte.SIZE | octet;
            } else {
                low = low << Byte.SIZE | octet;
            }
        }
        return new IpAddress(octets.length * Byte.SIZE, high, low);
    }

    /** The network of this length that the address is in. */
    IpAddress masked(int length) {
        int host = bits - length;
        long maskedLow = host >= HALF ? 0 : low & -1L << host;
        long maskedHigh = host <= HALF ? high : host >= 2 * HALF ? 0 : high & -1L << host - HALF;
        return new IpAddress(bits, maskedHigh, maskedLow);
    }
}
