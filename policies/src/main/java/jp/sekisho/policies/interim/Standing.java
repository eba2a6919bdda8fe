package jp.sekisho.policies.interim;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import jp.sekisho.policies.interim.Facts.Passkey;

/** Whether a customer may still use a password, until when, and what he is asked for it. */
// JP25-4, JP25-5
public sealed interface Standing {

    /** Until when a password may open his login; empty where none may. */
    default Optional<Instant> passwordUntil() {
        return Optional.empty();
    }

    /** Whether a login with a password leads to the page that asks for a passkey. */
    default boolean asks() {
        return false;
    }

    /** No interim method: he logs in with a passkey. */
    record None() implements Standing {}

    record Invited(Instant until) implements Standing {

        @Override
        public Optional<Instant> passwordUntil() {
            return Optional.of(until);
        }
    }

    /**
     * @param left how often he may still put off
     * @param lastDay the last day on which he may
     */
    record Postponable(Instant until, int left, LocalDate lastDay) implements Standing {

        @Override
        public Optional<Instant> passwordUntil() {
            return Optional.of(until);
        }

        @Override
        public boolean asks() {
            return true;
        }
    }

    /** He comes in once he has a passkey. */
    record Required(Instant until) implements Standing {

        @Override
        public Optional<Instant> passwordUntil() {
            return Optional.of(until);
        }

        @Override
        public boolean asks() {
            return true;
        }
    }

    record Exempt(Instant until) implements Standing {

        @Override
        public Optional<Instant> passwordUntil() {
            return Optional.of(until);
        }
    }

    /** His only passkey is provisional, and may be a stranger's: he goes on with what he has until it counts. */
    record Awaiting(Instant until, boolean exempted) implements Standing {

        @Override
        public Optional<Instant> passwordUntil() {
            return Optional.of(until);
        }
    }

    /** His exemption ended: until then he may come to register a passkey, and for nothing else. */
    record Lapsed(Instant until) implements Standing {

        @Override
        public Optional<Instant> passwordUntil() {
            return Optional.of(until);
        }

        @Override
        public boolean asks() {
            return true;
        }
    }

    /** @param zone of the schedule's days */
    static Standing of(MigrationPolicy migration, ExemptionPolicy exemption, ZoneId zone, Facts facts, Instant now) {
        return facts.onFile()
                .exemption()
                // Without it a password would be all that opens the login.
                .filter(granted -> facts.holds(granted.alternativeMfa()))
                .flatMap(granted -> byExemption(granted, exemption, zone, facts, now))
                .orElseGet(
                        () -> facts.passkey() == Passkey.HELD ? new None() : byMigration(migration, zone, facts, now));
    }

    private static Optional<Standing> byExemption(
            Exemption granted, ExemptionPolicy policy, ZoneId zone, Facts facts, Instant now) {
        if (now.isBefore(granted.until())) {
            return Optional.of(new Exempt(granted.until()));
        }
        Instant last = policy.enrolUntil(granted.until(), zone);
        if (facts.passkey() == Passkey.HELD || !now.isBefore(last)) {
            return Optional.empty();
        }
        return Optional.of(facts.passkey() == Passkey.PROVISIONAL ? new Awaiting(last, true) : new Lapsed(last));
    }

    private static Standing byMigration(MigrationPolicy policy, ZoneId zone, Facts facts, Instant now) {
        Optional<Stage> stage = policy.at(now.atZone(zone).toLocalDate(), facts.totp());
        if (stage.isEmpty() || stage.get().ask() == Ask.CLOSED) {
            return new None();
        }
        Instant until = policy.firstDay(Ask.CLOSED, facts.totp())
                .orElseThrow()
                .atStartOfDay(zone)
                .toInstant();
        if (facts.passkey() == Passkey.PROVISIONAL) {
            return new Awaiting(until, false);
        }
        int left = policy.postponements() - facts.onFile().postponed();
        return switch (stage.get().ask()) {
            case INVITE -> new Invited(until);
            case POSTPONABLE ->
                left <= 0
                        ? new Required(until)
                        : new Postponable(
                                until,
                                left,
                                policy.firstDay(Ask.REQUIRED, facts.totp())
                                        .orElseThrow()
                                        .minusDays(1));
            case REQUIRED, CLOSED -> new Required(until);
        };
    }
}
