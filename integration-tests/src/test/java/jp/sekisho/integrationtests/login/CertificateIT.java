package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client certificate beside passkeys, through the header of a reverse proxy. */
// JP25-1
@LoginTest
class CertificateIT {

    private static final String OFFER = "#sekisho-certificate-form";

    private final World world;

    CertificateIT(World world) {
        this.world = world;
    }

    @Test
    void itLogsInWherePasswordsDoNot() throws Exception {
        Customer customer = world.customer();
        world.during("profile", "jp-2025", () -> {
            Visitor visitor = visitorWith(world.authority().issue(customer.username()));
            Page offered = visitor.openLogin();
            assertThat(offered.shows(OFFER)).as(offered.text()).isTrue();
            assertThat(offered.shows("#try-another-way")).isFalse();
            Page in = certificate(offered);
            assertThat(in.kind()).as(in.text()).isEqualTo(Kind.REMEMBER);
            JsonNode claims = in.remember(false).tokens().idClaims();
            assertThat(claims.path("acr").asText()).isEqualTo("urn:sekisho:acr:phishing-resistant");
            assertThat(claims.path("amr")).extracting(JsonNode::asText).containsExactly("swk");
            assertThat(last(customer).content()).contains("\"CERTIFICATE\"", "\"PHISHING_RESISTANT\"");
        });
    }

    @Test
    void whoBringsNoneSeesTheFormAndWhoWantsItMayHaveIt() throws Exception {
        Customer customer = world.customer();
        assertThat(world.visitor(Origin.TOKYO_HOME).openLogin().kind()).isEqualTo(Kind.PASSWORD);
        Page offered = visitorWith(world.authority().issue(customer.username())).openLogin();
        Page form = offered.submit(OFFER, Map.of("cancel", "true"));
        assertThat(form.kind()).isEqualTo(Kind.PASSWORD);
        assertThat(form.password(customer.username(), customer.password()).kind())
                .isEqualTo(Kind.OTP);
    }

    @Test
    void aStrangersCertificateAndOneOfNobodyDoNot(@TempDir Path directory) throws Exception {
        Customer customer = world.customer();
        CertificateAuthority other = CertificateAuthority.create(Files.createDirectory(directory.resolve("other")));
        for (String foreign : new String[] {
            other.issue(customer.username()), world.authority().issue("nobody-with-certificate")
        }) {
            Page refused = certificate(visitorWith(foreign).openLogin());
            assertThat(refused.shows("#sekisho-notice")).as(refused.text()).isTrue();
            assertThat(refused.shows(OFFER)).isTrue();
            assertThat(refused.text()).doesNotContain(customer.username());
        }
        assertThat(world.records(customer)).isEmpty();
    }

    // FFAJ-1.2-S3
    @Test
    void aLockStopsIt() throws Exception {
        Customer customer = world.customer();
        world.visitor(Origin.TOKYO_HOME).enrol(customer);
        world.tables().locked(world.realmId(), world.id(customer));
        Page refused = certificate(
                visitorWith(world.authority().issue(customer.username())).openLogin());
        assertThat(refused.kind()).as(refused.text()).isEqualTo(Kind.LOCKED);
        assertThat(last(customer).result()).isEqualTo("LOCKED");
    }

    // JP25-8
    @Test
    void aFreezeStopsIt() throws Exception {
        Customer customer = world.customer();
        String certificate = world.authority().issue(customer.username());
        world.tables().frozen(world.realmId(), world.id(customer));
        refusedAsFrozen(customer, certificate);
        world.admin().put(World.realm("/users/" + world.id(customer)), Map.of("enabled", false));
        refusedAsFrozen(customer, certificate);
    }

    private void refusedAsFrozen(Customer customer, String certificate) throws Exception {
        Page refused = certificate(visitorWith(certificate).openLogin());
        assertThat(refused.shows("#sekisho-frozen")).as(refused.text()).isTrue();
        assertThat(last(customer).result()).isEqualTo("REFUSED");
        assertThat(last(customer).content()).contains("\"frozen\"");
    }

    private Visitor visitorWith(String certificate) {
        return world.visitor(Origin.TOKYO_HOME).header(World.CERTIFICATE, certificate);
    }

    private static Page certificate(Page offered) {
        return offered.submit(OFFER, Map.of("certificate", "true"));
    }

    private Tables.Record last(Customer customer) throws Exception {
        return world.records(customer).get(world.records(customer).size() - 1);
    }
}
