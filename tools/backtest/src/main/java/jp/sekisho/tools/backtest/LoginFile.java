package jp.sekisho.tools.backtest;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.sekisho.policies.evidence.ClientAddress;

/**
 * Reads the column layout of the public RBA data set. The header's names decide the column, whatever their order;
 * other columns are left alone.
 *
 * @see <a href="https://github.com/das-group/rba-dataset">das-group/rba-dataset</a>
 */
final class LoginFile {

    private enum Column {
        TIME("Login Timestamp"),
        USER("User ID"),
        ADDRESS("IP Address"),
        COUNTRY("Country"),
        ASN("ASN"),
        USER_AGENT("User Agent String"),
        BROWSER("Browser Name and Version"),
        SYSTEM("OS Name and Version"),
        DEVICE_TYPE("Device Type"),
        SUCCESSFUL("Login Successful"),
        ATTACK_IP("Is Attack IP"),
        TAKEOVER("Is Account Takeover");

        private final String header;

        Column(String header) {
            this.header = header;
        }
    }

    private static final long LATEST =
            LocalDateTime.of(2100, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();

    private final Map<String, ClientAddress> addresses = new HashMap<>();
    private final Map<String, String> prefixes = new HashMap<>();
    private Map<Column, Integer> columns;
    private CsvRecord line;
    private long row;

    private LoginFile() {}

    static Logins read(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new InputException(file + ": no readable file");
        }
        return new LoginFile().readAll(file);
    }

    private Logins readAll(Path file) {
        Logins logins = new Logins();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                        .detectBomHeader(true)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(file);
                CloseableIterator<CsvRecord> lines = reader.iterator()) {
            if (!lines.hasNext()) {
                throw new InputException(file + ": empty, not even a header");
            }
            columns = columns(lines.next().getFields());
            while (lines.hasNext()) {
                line = lines.next();
                row++;
                logins.add(attempt());
            }
        } catch (CsvParseException e) {
            throw new InputException("row " + (row + 1) + ": not well-formed CSV: " + e.getMessage());
        } catch (IOException e) {
            throw new InputException(file + ": " + e.getMessage());
        }
        if (logins.size() == 0) {
            throw new InputException(file + ": a header, but no logins");
        }
        return logins;
    }

    private static Map<Column, Integer> columns(List<String> header) {
        Map<Column, Integer> columns = new EnumMap<>(Column.class);
        List<String> missing = new ArrayList<>();
        for (Column column : Column.values()) {
            int index = header.indexOf(column.header);
            if (index < 0) {
                missing.add('"' + column.header + '"');
            }
            columns.put(column, index);
        }
        if (!missing.isEmpty()) {
            throw new InputException("the header lacks " + String.join(", ", missing));
        }
        return columns;
    }

    private Logins.Attempt attempt() {
        return new Logins.Attempt(
                time(),
                required(Column.USER),
                address(),
                text(Column.COUNTRY),
                asn(),
                text(Column.USER_AGENT),
                text(Column.BROWSER),
                text(Column.SYSTEM),
                text(Column.DEVICE_TYPE),
                flag(Column.SUCCESSFUL),
                flag(Column.ATTACK_IP),
                flag(Column.TAKEOVER));
    }

    private long time() {
        String text = required(Column.TIME);
        try {
            long time = text.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Long.parseLong(text)
                    : LocalDateTime.parse(text.replace(' ', 'T'))
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli();
            if (time < 0 || time > LATEST) {
                throw bad(Column.TIME, "must lie between 1970 and 2100");
            }
            return time;
        } catch (DateTimeException | NumberFormatException e) {
            throw bad(Column.TIME, "must be a time like 2020-02-03 12:43:30.772 or milliseconds since 1970");
        }
    }

    private long asn() {
        String text = text(Column.ASN);
        try {
            // Data frames write whole numbers with a gap in the column as 64496.0.
            return text.isEmpty()
                    ? 0
                    : Long.parseLong(text.endsWith(".0") ? text.substring(0, text.length() - 2) : text);
        } catch (NumberFormatException e) {
            throw bad(Column.ASN, "must be a number");
        }
    }

    private boolean flag(Column column) {
        String text = text(column);
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw bad(column, "must be true or false");
    }

    private ClientAddress address() {
        String text = required(Column.ADDRESS);
        ClientAddress known = addresses.get(text);
        if (known != null) {
            return known;
        }
        try {
            IPAddress address = new IPAddressString(text).toAddress();
            if (address == null || address.isMultiple() || address.isPrefixed()) {
                throw bad(Column.ADDRESS, "must be one IP address");
            }
            String canonical = address.toCanonicalString();
            String prefix = address.toPrefixBlock(address.isIPv4() ? 24 : 48).toCanonicalString();
            String source =
                    address.isIPv4() ? canonical : address.toPrefixBlock(64).toCanonicalString();
            ClientAddress value =
                    new ClientAddress(canonical, prefixes.computeIfAbsent(prefix, p -> p), source, !address.isLocal());
            addresses.put(text, value);
            return value;
        } catch (AddressStringException e) {
            throw bad(Column.ADDRESS, "must be an IP address");
        }
    }

    private String required(Column column) {
        String text = text(column);
        if (text.isEmpty()) {
            throw bad(column, "must not be empty");
        }
        return text;
    }

    private String text(Column column) {
        int index = columns.get(column);
        if (index >= line.getFieldCount()) {
            throw bad(column, "is missing: the row has only " + line.getFieldCount() + " fields");
        }
        return line.getField(index);
    }

    private InputException bad(Column column, String what) {
        int index = columns.get(column);
        String value = index < line.getFieldCount() ? ", was \"" + shortened(line.getField(index)) + '"' : "";
        return new InputException("row " + row + " (line " + line.getStartingLineNumber() + "): \"" + column.header
                + "\" " + what + value);
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
