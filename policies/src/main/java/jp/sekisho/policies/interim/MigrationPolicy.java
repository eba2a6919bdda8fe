package jp.sekisho.policies.interim;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * How a realm goes from passwords to passkeys: a schedule that customers see, with an end for everybody.
 *
 * @param stages oldest first; none: no password by migration
 * @param postponements how often one customer may put off what a stage asks, over all stages together
 */
// JP25-4
public record MigrationPolicy(List<Stage> stages, int postponements) {

    private static final int MOST_POSTPONEMENTS = 20;

    public MigrationPolicy {
        stages = List.copyOf(stages);
        if (postponements < 0 || postponements > MOST_POSTPONEMENTS) {
            throw new IllegalArgumentException(
                    "migration.postponements must be from 0 to " + MOST_POSTPONEMENTS + ", was " + postponements);
        }
        for (int i = 1; i < stages.size(); i++) {
            if (stages.get(i).from().isBefore(stages.get(i - 1).from())) {
                throw new IllegalArgumentException("migration.stages must be oldest first, but "
                        + stages.get(i).from() + " is late");
            }
        }
        for (boolean secondFactor : new boolean[] {false, true}) {
            check(about(stages, secondFactor));
        }
    }

    /** An interim method without an end is none. */
    private static void check(List<Stage> stages) {
        for (int i = 1; i < stages.size(); i++) {
            Stage before = stages.get(i - 1);
            Stage stage = stages.get(i);
            if (stage.ask().compareTo(before.ask()) < 0) {
                throw new IllegalArgumentException(
                        "migration.stages asks less from " + stage.from() + " on than before");
            }
            if (stage.from().equals(before.from())) {
                throw new IllegalArgumentException(
                        "migration.stages has two of the same customers from " + stage.from());
            }
        }
        if (!stages.isEmpty() && stages.get(stages.size() - 1).ask() != Ask.CLOSED) {
            throw new IllegalArgumentException("migration.stages must end with CLOSED for everybody whom one is about");
        }
    }

    /** The stages about one customer. */
    public List<Stage> about(boolean secondFactor) {
        return about(stages, secondFactor);
    }

    private static List<Stage> about(List<Stage> stages, boolean secondFactor) {
        return stages.stream()
                .filter(stage -> stage.whom().includes(secondFactor))
                .toList();
    }

    /** The stage that a customer is in. */
    public Optional<Stage> at(LocalDate day, boolean secondFactor) {
        return about(secondFactor).stream()
                .filter(stage -> !stage.from().isAfter(day))
                .reduce((earlier, later) -> later);
    }

    /** The first day on which a customer is asked at least this. */
    public Optional<LocalDate> firstDay(Ask ask, boolean secondFactor) {
        return about(secondFactor).stream()
                .filter(stage -> stage.ask().compareTo(ask) >= 0)
                .map(Stage::from)
                .findFirst();
    }
}
