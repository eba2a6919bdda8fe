package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** A source that fails over many customers is met with suspicion, then shut out for a while; who is known passes. */
// JP25-10
@LoginTest
class HostileSourceIT {

    private static final String WRONG = "Not-the-password-1";

    /** Passed in a moment; that the shipped numbers of shared networks are what they are is for SourcePolicyTest. */
    private static final String SMALL = """
            {"source": {
              "ordinary": {"suspect-customers": 5, "suspect-share": 0.5, "hostile-customers": 10, "hostile-share": 0.8},
              "shared": {"suspect-customers": 20, "suspect-share": 0.5, "hostile-customers": 30, "hostile-share": 0.8}}}""";

    private static final String TINY = """
            {"source": {"ordinary":
              {"suspect-customers": 1, "suspect-share": 0.5, "hostile-customers": 2, "hostile-share": 0.8}}}""";

    private static final Map<String, String> FRANKFURT = usual("DE", "3320", "91.17.126.0/24");
    private static final Map<String, String> OSAKA = usual("JP", "17676", "126.4.206.0/24");

    private static int names;

    private final World world;

    HostileSourceIT(World world) {
        this.world = world;
    }

    @Test
    void overTwentyAreSuspectOverAHundredAreShutOutForHalfAnHour() throws Exception {
        String source = "91.17.126.21";
        Customer owner = world.customer();
        Visitor known = world.visitor(Origin.TOKYO_HOME);
        assertThat(known.enrol(owner).kind()).isEqualTo(Kind.APP);
        world.settled(owner, FRANKFURT);

        fail(source, 20);
        assertThat(stranger(source).logIn(atHomeInFrankfurt()).kind())
                .as("not over twenty")
                .isEqualTo(Kind.APP);
        fail(source, 1);
        Customer asked = atHomeInFrankfurt();
        assertThat(stranger(source).logIn(asked).kind()).isEqualTo(Kind.OTP);
        assertThat(world.records(asked))
                .singleElement()
                .extracting(Tables.Record::level, Tables.Record::outcome, Tables.Record::result)
                .as("though nothing about the customer is unusual")
                .containsExactly("LOW", "STEP_UP", "PENDING");

        fail(source, 80);
        Customer refused = atHomeInFrankfurt();
        Page right = stranger(source).logIn(refused);
        Page wrong = stranger(source).logIn(atHomeInFrankfurt(), WRONG);
        Page unknown = stranger(source).openLogin().password("nobody-knows-him", WRONG);
        assertThat(right.kind()).isEqualTo(Kind.LOCKED);
        assertThat(right.text()).contains("ご利用のネットワークでは").doesNotContain(refused.username());
        for (Page other : new Page[] {wrong, unknown}) {
            assertThat(other.status()).isEqualTo(right.status());
            assertThat(HighRiskIT.normalised(other)).isEqualTo(HighRiskIT.normalised(right));
        }
        assertThat(world.tables().failures(world.realmId(), world.id(refused)))
                .as("nothing was evaluated")
                .isEmpty();

        known.comeFrom(source);
        Page in = known.logIn(owner);
        assertThat(in.kind()).as("a known device passes").isEqualTo(Kind.APP);
        assertThat(in.tokens().idClaims().path("amr").toString()).isEqualTo("[\"pwd\"]");
        assertThat(stranger("91.17.126.22").logIn(atHomeInFrankfurt()).kind())
                .as("the neighbour has done nothing")
                .isEqualTo(Kind.APP);

        world.tables().sourceEarlier(world.realmId(), source, Duration.ofMinutes(29));
        assertThat(stranger(source).logIn(atHomeInFrankfurt()).kind()).isEqualTo(Kind.LOCKED);
        world.tables().sourceEarlier(world.realmId(), source, Duration.ofMinutes(1));
        assertThat(stranger(source).logIn(atHomeInFrankfurt()).kind()).isEqualTo(Kind.APP);
    }

    @Test
    void aSharedNetworkIsJudgedByLimitsOfItsOwn() throws Exception {
        String ordinary = "91.17.126.31";
        String shared = "126.4.206.31";
        world.during("changes", SMALL, () -> {
            fail(ordinary, 6);
            assertThat(stranger(ordinary).logIn(atHomeInFrankfurt()).kind()).isEqualTo(Kind.OTP);
            fail(ordinary, 5);
            assertThat(stranger(ordinary).logIn(atHomeInFrankfurt()).kind()).isEqualTo(Kind.LOCKED);

            fail(shared, 11);
            assertThat(stranger(shared).logIn(atHomeInOsaka()).kind()).isEqualTo(Kind.APP);
            fail(shared, 10);
            assertThat(stranger(shared).logIn(atHomeInOsaka()).kind()).isEqualTo(Kind.OTP);
            fail(shared, 10);
            assertThat(stranger(shared).logIn(atHomeInOsaka()).kind()).isEqualTo(Kind.LOCKED);
        });
    }

    /** Who asks a code for name after name bombs with mails, and would hide what he guesses among them. */
    @Test
    void codesThatAreAskedForManyNamesSpeakAgainstTheirSource() throws Exception {
        String source = "114.164.71.41";
        world.during("changes", TINY, () -> {
            for (int name = 0; name < 3; name++) {
                reset(source, "asked-" + name);
            }
            Customer customer = world.customer();
            assertThat(reset(source, customer.username()).kind()).isEqualTo(Kind.LOCKED);
            assertThat(stranger(source).logIn(customer).kind()).isEqualTo(Kind.LOCKED);
        });
    }

    private Page reset(String source, String name) {
        return stranger(source)
                .openLogin()
                .follow("a[href*=reset-credentials]")
                .submit("#sekisho-reset-name-form", Map.of("username", name));
    }

    @Test
    void aPasskeyPasses() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            owner.enrolPasskey(customer);
            owner.browser().layPasskeysAside();
            world.during("changes", SMALL, () -> {
                fail(Origin.FRANKFURT.address(), 11);
                owner.browser().forgetCookiesBut();
                owner.comeFrom(Origin.FRANKFURT);
                owner.logIn(customer);
                assertThat(owner.browser().shows("ul.sekisho-next")).isTrue();
                Pictures.take(owner, "ja", "source");
                owner.logIn(customer, customer.password(), Map.of("ui_locales", "en"));
                Pictures.take(owner, "en", "source");

                owner.browser().holdPasskeys();
                owner.openLogin(Map.of());
                owner.remember();
                assertThat(world.app()
                                .exchange(owner.inApp())
                                .idClaims()
                                .path("amr")
                                .toString())
                        .isEqualTo("[\"hwk\"]");
            });
        }
    }

    /** So many names, each once. */
    private void fail(String source, int many) throws Exception {
        Visitor stranger = stranger(source);
        for (int i = 0; i < many; i++) {
            stranger.forgetSession();
            Page page = stranger.openLogin().password("guessed-" + ++names, WRONG);
            assertThat(page.kind()).isIn(Kind.PASSWORD, Kind.REFUSED);
        }
    }

    private static Map<String, String> usual(String country, String asn, String prefix) {
        Map<String, String> usual = new HashMap<>(World.USUAL);
        usual.put("COUNTRY", country);
        usual.put("ASN", country + '|' + asn);
        usual.put("PREFIX", country + '|' + asn + '|' + prefix);
        return usual;
    }

    private Visitor stranger(String address) {
        return world.visitor(address, Visitor.CHROME);
    }

    /** Where few others are, so that the place says something for a customer. */
    private Customer atHomeInFrankfurt() throws Exception {
        Customer customer = world.customer();
        world.settled(customer, FRANKFURT);
        return customer;
    }

    /** With a mobile carrier. */
    private Customer atHomeInOsaka() throws Exception {
        Customer customer = world.customer();
        world.settled(customer, OSAKA);
        return customer;
    }
}
