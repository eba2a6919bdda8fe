package jp.sekisho.demo.tour;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.stack.keycloak.Admin;
import jp.sekisho.stack.mail.MailInbox;
import jp.sekisho.stack.proxy.Origin;

/** Walks the story of the demo in headless browsers and tells what happened. */
public final class Tour {

    /**
     * Where the story takes place.
     *
     * @param keycloak as customers see it, with the proxy's page
     */
    public record World(URI keycloak, URI app, Admin admin, MailInbox inbox) {

        /** What is below the realm's address. */
        URI realm() {
            return keycloak.resolve("/realms/" + DemoRealm.NAME + "/");
        }

        /** The login page, as the trading app asks for it. */
        URI loginPage() {
            return authorization(
                    "trading-app", app.resolve("/login/oauth2/code/sekisho").toString(), challenge("of-a-phisher"));
        }

        URI authorization(String client, String callback, String challenge) {
            return realm().resolve("protocol/openid-connect/auth?response_type=code&scope=openid&client_id=" + client
                    + "&redirect_uri=" + URLEncoder.encode(callback, StandardCharsets.UTF_8)
                    + "&code_challenge_method=S256&code_challenge=" + challenge);
        }

        /** For PKCE (RFC 7636, 4.2). */
        static String challenge(String verifier) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
                return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException(missing);
            }
        }
    }

    private static final Customer CUSTOMER = Customer.SUZUKI;
    private static final Customer VICTIM = Customer.ITO;
    private static final Customer FORGETFUL = Customer.YAMADA;
    private static final Customer TRADER = Customer.SMITH;
    private static final Customer MISLED = Customer.TANAKA;

    /** What the customers must have been told, in their language. */
    private static final String NEW_DEVICE = "新しい端末からのログインのお知らせ";

    private static final String STRANGER_LOCKED_OUT = "新しい端末からのログインを停止したお知らせ";
    private static final String LOGIN = "ログインのお知らせ";
    private static final String PASSKEY = "パスキー登録のお知らせ";

    private final World world;
    private final PrintStream out;
    private final Users users;
    private final Teller teller;
    private final List<Visitor> people;

    private Tour(World world, PrintStream out, List<Visitor> people) {
        this.world = world;
        this.out = out;
        this.people = people;
        users = new Users(world.admin());
        teller = new Teller(out, new Decisions(world.admin(), DemoRealm.NAME));
    }

    /** Whether every step went as told; what went otherwise is printed, and the story ends there. */
    public static boolean walk(World world, PrintStream out) throws IOException {
        try (Visitor owner = Visitor.as(CUSTOMER, world, Origin.TOKYO_HOME);
                Visitor stranger = Visitor.as(CUSTOMER, world, Origin.LAGOS);
                Visitor victim = Visitor.as(VICTIM, world, Origin.TOKYO_HOME);
                Visitor forgetful = Visitor.as(FORGETFUL, world, Origin.TOKYO_HOME);
                Visitor trader = Visitor.as(TRADER, world, Origin.TOKYO_HOME);
                Visitor misled = Visitor.as(MISLED, world, Origin.TOKYO_HOME)) {
            return new Tour(world, out, List.of(owner, stranger, victim, forgetful, trader, misled)).walk();
        }
    }

    private boolean walk() {
        List<Step> steps = steps();
        int number = 0;
        for (Step step : steps) {
            out.printf("%n%d/%d  %s%n", ++number, steps.size(), step.title());
            try {
                step.walk().go();
            } catch (Exception e) {
                teller.tell("NOT AS TOLD: " + e.getMessage());
                return false;
            }
        }
        out.printf("%nEvery step went as told.%n");
        return true;
    }

    private List<Step> steps() {
        Visitor owner = people.get(0);
        Visitor stranger = people.get(1);
        Visitor victim = people.get(2);
        Visitor forgetful = people.get(3);
        TradingDesk trader = new TradingDesk(world, TRADER, people.get(4), users, teller);
        TradingDesk misled = new TradingDesk(world, MISLED, people.get(5), users, teller);
        Authenticator authenticator = new Authenticator(CUSTOMER, Clock.systemUTC());
        List<Step> steps = new ArrayList<>();
        steps.addAll(new LoginChapter(CUSTOMER, owner, stranger, authenticator, users, teller).steps());
        steps.addAll(new PasskeyChapter(world, CUSTOMER, owner, authenticator, users, teller).steps());
        steps.addAll(new TheftChapter(
                        world,
                        VICTIM,
                        victim,
                        stranger,
                        new Authenticator(VICTIM, Clock.systemUTC()),
                        users,
                        inbox(VICTIM),
                        teller)
                .steps());
        steps.addAll(new ResetChapter(FORGETFUL, forgetful, inbox(FORGETFUL), teller).steps());
        steps.addAll(new TradingChapter(trader, inbox(TRADER), teller).steps());
        steps.addAll(new ManipulationChapter(misled, users, inbox(MISLED), teller).steps());
        steps.addAll(new GuessingChapter(world, trader, new Policy(world.admin()), inbox(TRADER), teller).steps());
        steps.add(new Step("The mails that went out: codes, and no link in any", this::mails));
        return steps;
    }

    private Inbox inbox(Customer customer) {
        return new Inbox(world.inbox(), customer);
    }

    private void mails() throws InterruptedException {
        Inbox inbox = inbox(CUSTOMER);
        inbox.await(NEW_DEVICE, 1);
        inbox.await(STRANGER_LOCKED_OUT, 1);
        inbox.await(LOGIN, 2);
        inbox.await(PASSKEY, 1);
        for (Customer customer : List.of(CUSTOMER, VICTIM, FORGETFUL, TRADER, MISLED)) {
            teller.tell(customer.username() + ":");
            inbox(customer).subjects().forEach(subject -> teller.tell("  ✉ " + subject));
            inbox(customer).requireNoLink();
        }
    }
}
