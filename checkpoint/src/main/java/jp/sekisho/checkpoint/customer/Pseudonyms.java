package jp.sekisho.checkpoint.customer;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jp.sekisho.policies.freeze.StopCode;

/** Keyed hashes (HMAC-SHA256) with one realm's secret. The kinds never meet: a name is no user's id. */
final class Pseudonyms {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LONGEST_NAME = 255;

    private final SecretKeySpec key;

    Pseudonyms(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    String ofUser(String userId) {
        return hash("user:" + userId);
    }

    /** What is typed differently and means the same name has the same pseudonym. */
    String ofName(String typed) {
        String meant = asMeant(typed);
        String cut = meant.length() > LONGEST_NAME ? meant.substring(0, LONGEST_NAME) : meant;
        return hash("name:" + cut.toLowerCase(Locale.ROOT));
    }

    static String asMeant(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC).strip();
    }

    String ofSource(String source) {
        return hash("source:" + source);
    }

    String ofCode(String code) {
        return hash("code:" + code);
    }

    String ofPayee(String number) {
        return hash("payee:" + number);
    }

    String ofPermit(String permitted) {
        return hash("permit:" + permitted);
    }

    /** @param messageId of the notice that carries the code */
    StopCode stopCode(String messageId) {
        return StopCode.of(mac("stop:" + messageId));
    }

    private String hash(String text) {
        return HexFormat.of().formatHex(mac(text));
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
