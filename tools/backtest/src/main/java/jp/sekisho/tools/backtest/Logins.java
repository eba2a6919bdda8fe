package jp.sekisho.tools.backtest;

import java.util.Arrays;
import jp.sekisho.policies.evidence.ClientAddress;

/** The login attempts of a file, in columns: some forty bytes a row, whatever their text. */
final class Logins {

    private static final byte SUCCESSFUL = 1;
    private static final byte ATTACK_IP = 2;
    private static final byte TAKEOVER = 4;

    final Dictionary<String> users = new Dictionary<>();
    final Dictionary<ClientAddress> addresses = new Dictionary<>();
    final Dictionary<String> sources = new Dictionary<>();
    final Dictionary<String> countries = new Dictionary<>();
    final Dictionary<Long> asns = new Dictionary<>();
    final Dictionary<String> userAgents = new Dictionary<>();
    final Dictionary<String> browsers = new Dictionary<>();
    final Dictionary<String> systems = new Dictionary<>();
    final Dictionary<String> deviceTypes = new Dictionary<>();

    private long[] times = new long[1024];
    private int[] user = new int[1024];
    private int[] address = new int[1024];
    private int[] source = new int[1024];
    private int[] country = new int[1024];
    private int[] asn = new int[1024];
    private int[] userAgent = new int[1024];
    private int[] browser = new int[1024];
    private int[] system = new int[1024];
    private int[] deviceType = new int[1024];
    private byte[] flags = new byte[1024];
    private int size;

    /** One attempt as the file has it; times in milliseconds since 1970. */
    record Attempt(
            long time,
            String user,
            ClientAddress address,
            String country,
            long asn,
            String userAgent,
            String browser,
            String system,
            String deviceType,
            boolean successful,
            boolean attackIp,
            boolean takeover) {}

    void add(Attempt attempt) {
        if (size == times.length) {
            grow(size + (size >> 1));
        }
        times[size] = attempt.time();
        user[size] = users.id(attempt.user());
        address[size] = addresses.id(attempt.address());
        source[size] = sources.id(attempt.address().source());
        country[size] = countries.id(attempt.country());
        asn[size] = asns.id(attempt.asn());
        userAgent[size] = userAgents.id(attempt.userAgent());
        browser[size] = browsers.id(attempt.browser());
        system[size] = systems.id(attempt.system());
        deviceType[size] = deviceTypes.id(attempt.deviceType());
        flags[size] = (byte) ((attempt.successful() ? SUCCESSFUL : 0)
                | (attempt.attackIp() ? ATTACK_IP : 0)
                | (attempt.takeover() ? TAKEOVER : 0));
        size++;
    }

    private void grow(int capacity) {
        times = Arrays.copyOf(times, capacity);
        user = Arrays.copyOf(user, capacity);
        address = Arrays.copyOf(address, capacity);
        source = Arrays.copyOf(source, capacity);
        country = Arrays.copyOf(country, capacity);
        asn = Arrays.copyOf(asn, capacity);
        userAgent = Arrays.copyOf(userAgent, capacity);
        browser = Arrays.copyOf(browser, capacity);
        system = Arrays.copyOf(system, capacity);
        deviceType = Arrays.copyOf(deviceType, capacity);
        flags = Arrays.copyOf(flags, capacity);
    }

    int size() {
        return size;
    }

    /** Milliseconds since 1970. */
    long time(int row) {
        return times[row];
    }

    int user(int row) {
        return user[row];
    }

    int address(int row) {
        return address[row];
    }

    int source(int row) {
        return source[row];
    }

    int country(int row) {
        return country[row];
    }

    int asn(int row) {
        return asn[row];
    }

    int userAgent(int row) {
        return userAgent[row];
    }

    int browser(int row) {
        return browser[row];
    }

    int system(int row) {
        return system[row];
    }

    int deviceType(int row) {
        return deviceType[row];
    }

    boolean successful(int row) {
        return (flags[row] & SUCCESSFUL) != 0;
    }

    boolean attackIp(int row) {
        return (flags[row] & ATTACK_IP) != 0;
    }

    boolean takeover(int row) {
        return (flags[row] & TAKEOVER) != 0;
    }

    /** The rows in time order; rows of the same millisecond stay in the file's order. */
    int[] inTimeOrder() {
        int[] order = new int[size];
        boolean sorted = true;
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        for (int row = 0; row < size; row++) {
            order[row] = row;
            sorted &= row == 0 || times[row - 1] <= times[row];
            earliest = Math.min(earliest, times[row]);
            latest = Math.max(latest, times[row]);
        }
        if (sorted) {
            return order;
        }
        int rowBits = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
        if (Long.numberOfLeadingZeros(latest - earliest) <= rowBits) {
            throw new InputException("the logins lie too far apart in time to be sorted");
        }
        // Time and row in one number: sorted without an object a row.
        long[] keys = new long[size];
        for (int row = 0; row < size; row++) {
            keys[row] = (times[row] - earliest) << rowBits | row;
        }
        Arrays.parallelSort(keys);
        for (int i = 0; i < size; i++) {
            order[i] = (int) (keys[i] & ((1L << rowBits) - 1));
        }
        return order;
    }
}
