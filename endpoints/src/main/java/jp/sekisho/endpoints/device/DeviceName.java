package jp.sekisho.endpoints.device;

/**
 * What a customer calls his device: his own words, shown to nobody else.
 *
 * @param name 1 to 40 characters on one line
 */
public record DeviceName(String name) {

    private static final int LONGEST = 40;

    public DeviceName {
        name = name == null ? "" : name.strip();
        boolean oneLine = name.codePoints()
                .noneMatch(each -> Character.isISOControl(each) || Character.getType(each) == Character.FORMAT);
        if (name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST || !oneLine) {
            throw new IllegalArgumentException("name: 1 to " + LONGEST + " characters on one line are required.");
        }
    }
}
