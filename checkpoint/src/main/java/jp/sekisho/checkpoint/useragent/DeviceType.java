package jp.sekisho.checkpoint.useragent;

import java.util.Locale;
import java.util.Set;

/** The first level of CLIENT: uap-java names a device's family and leaves its type to the caller. */
enum DeviceType {
    DESKTOP,
    MOBILE,
    TABLET,
    BOT,
    OTHER;

    private static final Set<String> DESKTOP_SYSTEMS = Set.of(
            "Windows",
            "Mac OS X",
            "Mac OS",
            "Linux",
            "Ubuntu",
            "Debian",
            "Fedora",
            "Red Hat",
            "SUSE",
            "Mint",
            "Arch Linux",
            "Chrome OS",
            "FreeBSD",
            "OpenBSD",
            "NetBSD",
            "Solaris");

    private static final Set<String> MOBILE_SYSTEMS =
            Set.of("iOS", "Windows Phone", "BlackBerry OS", "KaiOS", "Symbian OS", "Tizen", "Firefox OS", "HarmonyOS");

    /**
     * @param device uap-java's family of the device
     * @param os uap-java's family of the system
     * @param userAgent the header: phones and tablets with Android differ in the word {@code Mobile} alone
     */
    static DeviceType of(String device, String os, String userAgent) {
        if (device.equals("Spider")) {
            return BOT;
        }
        if (device.equals("iPad") || device.contains("Tablet") || device.startsWith("Kindle")) {
            return TABLET;
        }
        if (os.equals("Android")) {
            return userAgent.contains("Mobile") ? MOBILE : TABLET;
        }
        if (MOBILE_SYSTEMS.contains(os) || device.startsWith("Generic")) {
            return MOBILE;
        }
        return DESKTOP_SYSTEMS.contains(os) ? DESKTOP : OTHER;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
