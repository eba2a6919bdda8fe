package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import jp.sekisho.demo.Customer;

/** Letters with one-time codes, as the firm makes them. */
final class Letters {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REASON = "{\"reason\":\"口座開設\"}";

    private Letters() {}

    /** The code of one that an officer made alone. */
    static String ofOne(World world, Customer customer) throws Exception {
        return ofOne(world, world.officerToken(), customer);
    }

    static String ofOne(World world, String officer, Customer customer) throws Exception {
        return code(PolicyDesk.asOfficer(world, officer, "POST", path(world, customer), REASON));
    }

    /** The code of one that an officer asked for and another one approved. */
    static String ofTwo(World world, Customer customer) throws Exception {
        return ofTwo(world, world.officer("sekisho-approver").token(), customer);
    }

    static String ofTwo(World world, String approver, Customer customer) throws Exception {
        String proposal = proposed(PolicyDesk.asOfficer(
                world, world.officerToken(), "POST", path(world, customer) + "?propose=true", REASON));
        return code(approve(world, approver, proposal));
    }

    /** @return the id of what waits for another one */
    static String proposed(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).doesNotContain("\"code\"");
        return JSON.readTree(answer.body()).path("id").asText();
    }

    static HttpResponse<String> approve(World world, String approver, String proposal) throws Exception {
        return PolicyDesk.asOfficer(world, approver, "POST", "/proposals/" + proposal + "/approve", REASON);
    }

    private static String path(World world, Customer customer) {
        return "/customers/" + world.id(customer) + "/postal-code";
    }

    private static String code(HttpResponse<String> issued) throws Exception {
        assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
        return JSON.readTree(issued.body()).path("code").asText();
    }
}
