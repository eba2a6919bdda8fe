package jp.sekisho.checkpoint.access;

import inet.ipaddr.IPAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.sekisho.checkpoint.address.AddressLiteral;
import jp.sekisho.policies.access.AccessRule;
import jp.sekisho.policies.access.IpAddress;
import jp.sekisho.policies.access.Match;
import jp.sekisho.storage.access.RuleTerms;

/** What rules match, as text and back. */
public final class Matches {

    private static final Pattern ASN = Pattern.compile("(?:AS)?([0-9]{1,10})", Pattern.CASE_INSENSITIVE);
    private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");

    private Matches() {}

    /** The text as it is kept: the network without host bits, the number alone; empty for what is not understood. */
    public static Optional<String> canonical(Match.Kind kind, String text) {
        return switch (kind) {
            case NETWORK ->
                AddressLiteral.block(text).filter(Matches::meetsClients).map(Matches::cidr);
            case ASN ->
                Optional.of(ASN.matcher(text))
                        .filter(java.util.regex.Matcher::matches)
                        .map(number -> Long.toString(Long.parseLong(number.group(1))))
                        .filter(number -> !number.equals("0") && Long.parseLong(number) <= 0xffff_ffffL);
            case COUNTRY ->
                Optional.of(text)
                        .filter(code -> COUNTRY.matcher(code).matches())
                        .map(code -> code.toUpperCase(Locale.ROOT));
            case KNOWN_DEVICE, ABROAD -> text.isEmpty() ? Optional.of("") : Optional.empty();
        };
    }

    static AccessRule rule(RuleTerms terms) {
        return new AccessRule(
                terms.key().scope(),
                terms.effect(),
                of(terms.key().kind(), terms.key().matched()),
                terms.strict(),
                terms.from(),
                terms.until());
    }

    /** @param canonical as {@link #canonical} has it */
    static Match of(Match.Kind kind, String canonical) {
        return switch (kind) {
            case NETWORK -> network(AddressLiteral.block(canonical).orElseThrow());
            case ASN -> new Match.AutonomousSystem(Long.parseLong(canonical));
            case COUNTRY -> new Match.Country(canonical);
            case KNOWN_DEVICE -> new Match.KnownDevice();
            case ABROAD -> new Match.Abroad();
        };
    }

    private static Match.Network network(IPAddress block) {
        return new Match.Network(IpAddress.of(block.getBytes()), length(block));
    }

    /** Clients' addresses are never IPv4 within IPv6: such a rule would match nobody, and seem to protect. */
    private static boolean meetsClients(IPAddress block) {
        return !block.isIPv6() || !block.toIPv6().isIPv4Mapped();
    }

    private static String cidr(IPAddress block) {
        return block.getLower().withoutPrefixLength().toCanonicalString() + '/' + length(block);
    }

    private static int length(IPAddress block) {
        return block.isPrefixed() ? block.getPrefixLength() : block.getBitCount();
    }
}
