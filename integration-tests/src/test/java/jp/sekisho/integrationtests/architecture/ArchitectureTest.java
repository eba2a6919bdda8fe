package jp.sekisho.integrationtests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may know whom: the table of modules, held by the build. */
class ArchitectureTest {

    private static final String[] DOORS = {
        "jp.sekisho.authenticators..", "jp.sekisho.eventlisteners..", "jp.sekisho.endpoints.."
    };
    private static final String[] ON_THE_SERVER = {
        "jp.sekisho.policies..",
        "jp.sekisho.storage..",
        "jp.sekisho.checkpoint..",
        "jp.sekisho.authenticators..",
        "jp.sekisho.eventlisteners..",
        "jp.sekisho.endpoints.."
    };

    private static final String KEYCLOAKS_TIME = "org.keycloak.common.util.Time";

    private static JavaClasses product;

    @BeforeAll
    static void read() {
        product = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("jp.sekisho");
    }

    @ParameterizedTest
    @CsvSource({
        "policies,       ''",
        "storage,        policies",
        "checkpoint,     policies storage",
        "authenticators, policies storage checkpoint",
        "eventlisteners, policies storage checkpoint",
        "endpoints,      policies storage checkpoint",
        "realmconfig,    ''"
    })
    void aModuleKnowsOnlyWhatStandsInTheTable(String module, String known) {
        String allowed = "jp.sekisho." + module + "..";
        String[] others = known.isEmpty() ? new String[0] : known.split(" ");
        String[] all = new String[others.length + 1];
        all[0] = allowed;
        for (int i = 0; i < others.length; i++) {
            all[i + 1] = "jp.sekisho." + others[i] + "..";
        }
        noClasses()
                .that(are(resideInAPackage(allowed)))
                .should()
                .dependOnClassesThat(are(resideInAPackage("jp.sekisho..").and(resideOutsideOfPackages(all))))
                .check(product);
    }

    @Test
    void policiesArePlainJava() {
        classes()
                .that()
                .resideInAPackage("jp.sekisho.policies..")
                .should()
                .onlyDependOnClassesThat(are(resideInAnyPackage("jp.sekisho.policies..", "java..")))
                .check(product);
    }

    @Test
    void policiesDoNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAPackage("jp.sekisho.policies..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..", "java.nio.file..", "java.nio.channels..", "java.sql..", "java.net.http..")
                .check(product);
    }

    @Test
    void policiesAreToldTheTime() {
        noClasses()
                .that()
                .resideInAPackage("jp.sekisho.policies..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(product);
    }

    /**
     * Decision 14: what is stored or compared with what is stored has the database's time. A node's own clock is good for
     * the age of a file, the stamp that a webhook's receiver compares with his, how long to rest, and to be compared itself.
     */
    @Test
    void theServerAsksTheDatabaseForTheTime() {
        noClasses()
                .that()
                .resideInAnyPackage(ON_THE_SERVER)
                .and()
                .resideOutsideOfPackages("jp.sekisho.eventlisteners.clock..", "jp.sekisho.checkpoint.geo..")
                .and()
                // The pages tell browsers the server's time, by which Keycloak judges their proofs.
                .haveNameNotMatching(".*\\.(WebhookChannelFactory|ChannelLoop|PagesResource)")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(KEYCLOAKS_TIME, "currentTime")
                .orShould()
                .callMethod(KEYCLOAKS_TIME, "currentTimeMillis")
                .check(product);
    }

    @Test
    void theDoorsNeverKnowEachOther() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                        return are(resideInAnyPackage(DOORS)).test(javaClass)
                                ? SliceIdentifier.of(javaClass.getPackageName().split("\\.")[2])
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "doors";
                    }
                })
                .should()
                .notDependOnEachOther()
                .check(product);
    }

    @Test
    void keycloakIsKnownWhereItIsMet() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "jp.sekisho.storage..",
                        "jp.sekisho.checkpoint..",
                        "jp.sekisho.authenticators..",
                        "jp.sekisho.eventlisteners..",
                        "jp.sekisho.endpoints..",
                        // The codes of its customer's authenticator app.
                        "jp.sekisho.demo.tour..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.keycloak..")
                .check(product);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("jp.sekisho.(**)").should().beFreeOfCycles().check(product);
    }

    @Test
    void everythingOnTheServerBelongsToAFeature() {
        noClasses()
                .that()
                .resideInAnyPackage(ON_THE_SERVER)
                .should()
                .resideInAnyPackage(
                        "jp.sekisho.policies",
                        "jp.sekisho.storage",
                        "jp.sekisho.checkpoint",
                        "jp.sekisho.authenticators",
                        "jp.sekisho.eventlisteners",
                        "jp.sekisho.endpoints")
                .orShould()
                .resideInAnyPackage("..util..", "..utils..", "..helper..", "..common..", "..misc..")
                .check(product);
    }

    @Test
    void theServerIsToldThroughItsLog() {
        noClasses()
                .that()
                .resideInAnyPackage(ON_THE_SERVER)
                .should(ACCESS_STANDARD_STREAMS)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .orShould(USE_JAVA_UTIL_LOGGING)
                .check(product);
    }

    @Test
    void theServersThreadsAreNotSentToSleep() {
        noClasses()
                .that()
                .resideInAnyPackage(ON_THE_SERVER)
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .check(product);
    }

    @Test
    void theWholeProductWasLookedAtAndTheToolsThatTestsShare() {
        assertThat(product.stream().map(c -> c.getPackageName().split("\\.")[2]).distinct())
                .contains(
                        "policies",
                        "storage",
                        "checkpoint",
                        "authenticators",
                        "eventlisteners",
                        "endpoints",
                        "realmconfig",
                        "demo",
                        "stack");
    }
}
