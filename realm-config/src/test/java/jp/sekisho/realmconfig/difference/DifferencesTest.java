package jp.sekisho.realmconfig.difference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    @Test
    void aChangedValueIsShownWithItsPath() throws JsonProcessingException {
        assertThat(between(
                        "{'clients':[{'clientId':'app','attributes':{'pkce.method':'S256'}}]}",
                        "{'clients':[{'clientId':'other'},{'clientId':'app','attributes':{'pkce.method':'plain'}}]}"))
                .containsExactly("clients/app/attributes/pkce.method: \"plain\" → \"S256\"");
    }

    @Test
    void whatIsMissingIsShown() throws JsonProcessingException {
        assertThat(between("{'roles':[{'name':'officer'}],'events':['LOGIN','LOGOUT']}", "{'events':['LOGIN']}"))
                .containsExactly("roles: (absent) → [{\"name\":\"officer\"}]", "events/LOGOUT: (absent) → \"LOGOUT\"");
    }

    @Test
    void whatTheFirmAddedIsNoDifference() throws JsonProcessingException {
        assertThat(
                        between(
                                "{'clients':[{'clientId':'app'}],'locales':['ja','en']}",
                                "{'clients':[{'clientId':'firm'},{'clientId':'app','id':'1'}],'locales':['zh','en','ja'],'smtp':{}}"))
                .isEmpty();
    }

    @Test
    void aServiceAccountIsKnownByItsNameAndARoleOfAnotherClientByWhoMayHaveIt() throws JsonProcessingException {
        assertThat(
                        between(
                                "{'users':[{'username':'app','clientRoles':{'a':['ask']}}],'clientScopeMappings':{'a':[{'client':'app','roles':['ask']}]}}",
                                "{'users':[{'username':'firm'},{'username':'app'}],'clientScopeMappings':{'a':[{'client':'firm','roles':['ask']}]}}"))
                .containsExactly(
                        "users/app/clientRoles: (absent) → {\"a\":[\"ask\"]}",
                        "clientScopeMappings/a/app: (absent) → {\"client\":\"app\",\"roles\":[\"ask\"]}");
    }

    @Test
    void oneStepMoreOrInAnotherOrderIsAnotherFlow() throws JsonProcessingException {
        String shipped = "{'authenticationExecutions':[{'authenticator':'a'},{'authenticator':'b'}]}";
        assertThat(between(shipped, "{'authenticationExecutions':[{'authenticator':'b'},{'authenticator':'a'}]}"))
                .hasSize(2);
        assertThat(
                        between(
                                shipped,
                                "{'authenticationExecutions':[{'authenticator':'a'},{'authenticator':'b'},{'authenticator':'c'}]}"))
                .containsExactly("authenticationExecutions/2: {\"authenticator\":\"c\"} → (absent)");
    }

    @Test
    void documentsInsideTextsAreComparedByTheirContent() throws JsonProcessingException {
        assertThat(between(
                        "{'profile':'{\\'a\\':1,\\'b\\':2}'}", "{'profile':'{ \\'b\\': 2, \\'a\\': 1, \\'c\\': 3 }'}"))
                .isEmpty();
        assertThat(between("{'profile':'{\\'a\\':1}'}", "{'profile':'{\\'a\\':2}'}"))
                .containsExactly("profile/a: 2 → 1");
        assertThat(between("{'config':['{\\'a\\':1}']}", "{'config':['{\\'a\\':2}']}"))
                .containsExactly("config/(document)/a: 2 → 1");
    }

    @Test
    void whatIsEmptyIsNotStored() throws JsonProcessingException {
        assertThat(between("{'a':'','b':[],'c':{}}", "{'c':null}")).isEmpty();
        assertThat(between("{'a':''}", "{'a':'x'}")).containsExactly("a: \"x\" → \"\"");
    }

    @Test
    void aMaskedValueCannotBeCompared() throws JsonProcessingException {
        assertThat(between("{'a':'x'}", "{'a':'**********'}")).isEmpty();
    }

    private static List<String> between(String shall, String is) throws JsonProcessingException {
        return Differences.between(json(shall), json(is)).stream()
                .map(Difference::toString)
                .toList();
    }

    /** Single quotes for reading: 'x' is "x", and \' a quote inside a text. */
    static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper()
                .readTree(text.replace("\\'", "\u0000").replace('\'', '"').replace("\u0000", "\\\""));
    }
}
