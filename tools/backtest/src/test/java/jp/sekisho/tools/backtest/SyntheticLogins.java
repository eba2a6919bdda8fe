package jp.sekisho.tools.backtest;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/**
 * SYNTHETIC logins in the columns of the public data set, to measure time and memory with. They say nothing of the
 * model's quality: attackers and customers here are what this class makes them.
 */
final class SyntheticLogins {

    static final String HEADER = "index,Login Timestamp,User ID,Round-Trip Time [ms],IP Address,Country,Region,City,"
            + "ASN,User Agent String,Browser Name and Version,OS Name and Version,Device Type,Login Successful,"
            + "Is Attack IP,Is Account Takeover";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final String[] COUNTRIES = {"JP", "JP", "JP", "JP", "JP", "JP", "US", "DE", "BR", "KR"};
    private static final String[] SYSTEMS = {"Windows 10", "Mac OS X 10.14.6", "Android 10", "iOS 13.4"};
    private static final String[] BROWSERS = {"Chrome", "Safari", "Chrome Mobile", "Mobile Safari"};

    private SyntheticLogins() {}

    /** Arguments: file, rows, seed. */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]), Integer.parseInt(args[1]), Long.parseLong(args[2]));
    }

    /** A customer to every ten rows, a year long, two in a hundred from attackers; the same seed, the same file. */
    static void write(Path file, int rows, long seed) throws IOException {
        Random random = new Random(seed);
        long start = Instant.parse("2020-02-03T12:43:30Z").toEpochMilli();
        long step = 366L * 86_400_000 / rows;
        int customers = Math.max(1, rows / 10);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER);
            out.newLine();
            for (int row = 0; row < rows; row++) {
                String time = TIME.format(LocalDateTime.ofEpochSecond(
                        (start + row * step) / 1000, (int) ((start + row * step) % 1000) * 1_000_000, ZoneOffset.UTC));
                // Some log in daily, most now and then.
                int customer = (int) (customers * Math.pow(random.nextDouble(), 2));
                boolean attack = random.nextInt(50) == 0;
                out.write(row + "," + time + "," + (customer * 7919L - 4_324_475_583_306_591_935L) + ",,");
                out.write(attack ? stranger(random) : honest(random, customer, row / (double) rows));
                boolean takeover = attack && random.nextInt(100) == 0;
                boolean successful = takeover || (!attack && random.nextInt(10) != 0);
                out.write("," + flag(successful) + "," + flag(attack) + "," + flag(takeover));
                out.newLine();
            }
        }
    }

    private static String honest(Random random, int customer, double year) {
        Random habits = new Random(customer);
        String country = COUNTRIES[habits.nextInt(COUNTRIES.length)];
        int network = 2000 + habits.nextInt(300);
        int home = habits.nextInt(65_536);
        int kind = habits.nextInt(4);
        boolean away = random.nextInt(5) == 0;
        String address = away
                ? (60 + network % 40) + "." + network % 256 + "." + random.nextInt(256) + "." + random.nextInt(256)
                : (60 + network % 40) + "." + network % 256 + "." + home / 256 + "." + (home + random.nextInt(3)) % 256;
        return client(
                address, country, network, random.nextInt(12) == 0 ? (kind + 1) % 4 : kind, (int) (80 + 12 * year));
    }

    private static String stranger(Random random) {
        String address = (160 + random.nextInt(20)) + "." + random.nextInt(256) + "." + random.nextInt(256) + ".7";
        String country = COUNTRIES[random.nextInt(COUNTRIES.length)];
        return client(address, country, 9000 + random.nextInt(50), random.nextInt(4), 80 + random.nextInt(10));
    }

    private static String client(String address, String country, int network, int kind, int version) {
        String browser = BROWSERS[kind] + " " + version + ".0.4147";
        return address + "," + country + ",-,-," + network + ",\"Mozilla/5.0 (" + SYSTEMS[kind]
                + ") AppleWebKit/537.36 "
                + "(KHTML, like Gecko) " + browser + "\"," + browser + "," + SYSTEMS[kind] + ","
                + (kind < 2 ? "desktop" : "mobile");
    }

    private static String flag(boolean value) {
        return value ? "True" : "False";
    }
}
