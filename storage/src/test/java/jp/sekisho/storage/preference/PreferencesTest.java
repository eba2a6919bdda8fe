package jp.sekisho.storage.preference;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreferencesTest {

    private static final String ALICE = "alice's pseudonym";

    private final Database database = new Database();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void the_last_choice_counts() {
        assertThat(wanted()).isEmpty();
        database.run(em -> choose(em, false));
        assertThat(wanted()).contains(false);
        database.run(em -> choose(em, true));
        assertThat(wanted()).contains(true);
    }

    @Test
    void of_two_first_choices_at_the_same_moment_the_later_one_counts() {
        database.behind(em -> choose(em, true), em -> {
            choose(em, false);
            return true;
        });
        assertThat(wanted()).contains(false);
    }

    private static void choose(EntityManager em, boolean wanted) {
        new Preferences(em).choose("realm", ALICE, "login", wanted);
    }

    private Optional<Boolean> wanted() {
        return database.call(em -> new Preferences(em).wants(ALICE, "login"));
    }
}
