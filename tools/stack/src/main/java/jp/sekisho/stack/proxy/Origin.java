package jp.sekisho.stack.proxy;

import java.util.List;

/**
 * A place in the world from which a visitor of the demo may arrive.
 *
 * @param address an address that GeoLite2 of November 2019 puts there; a test holds that
 */
public record Origin(String address, String ja, String en) {

    /** Where every browser comes from until it says otherwise. */
    public static final Origin TOKYO_HOME = new Origin("114.164.71.119", "東京・自宅（NTT OCN）", "Tokyo, home (NTT OCN)");

    public static final Origin OSAKA_MOBILE =
            new Origin("126.4.206.67", "大阪・スマートフォン（ソフトバンク）", "Osaka, mobile (SoftBank)");
    public static final Origin US_HOSTING = new Origin(
            "104.131.100.214", "アメリカ・データセンター（DigitalOcean）", "United States, hosting network (DigitalOcean)");
    public static final Origin FRANKFURT =
            new Origin("91.17.126.188", "ドイツ・フランクフルト（Deutsche Telekom）", "Frankfurt, Germany (Deutsche Telekom)");
    public static final Origin SAO_PAULO =
            new Origin("177.140.244.153", "ブラジル・サンパウロ（Claro）", "São Paulo, Brazil (Claro)");
    public static final Origin LAGOS = new Origin("105.112.42.180", "ナイジェリア・ラゴス（Airtel）", "Lagos, Nigeria (Airtel)");

    /** What the page offers. */
    public static final List<Origin> PRESETS =
            List.of(TOKYO_HOME, OSAKA_MOBILE, US_HOSTING, FRANKFURT, SAO_PAULO, LAGOS);
}
