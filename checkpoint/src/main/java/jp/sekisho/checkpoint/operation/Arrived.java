package jp.sekisho.checkpoint.operation;

import java.time.Instant;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.checkpoint.operation.Behaviour.Wish;
import jp.sekisho.storage.operation.Before;
import jp.sekisho.storage.operation.StoredOperation.Asked;
import jp.sekisho.storage.operation.StoredOperation.Whose;
import org.keycloak.models.UserSessionModel;

/** A proposal that came, and what is known of its customer. */
public final class Arrived {

    private final UserSessionModel userSession;
    private final Proposal proposal;
    private final Subject subject;
    private final Whose whose;
    private final Asked asked;
    private final Behaviour behaviour;
    private final Wish wish;
    private final Before before;
    private final Instant now;

    Arrived(
            UserSessionModel userSession,
            Proposal proposal,
            Subject subject,
            Whose whose,
            Asked asked,
            Behaviour behaviour,
            Wish wish,
            Before before,
            Instant now) {
        this.userSession = userSession;
        this.proposal = proposal;
        this.subject = subject;
        this.whose = whose;
        this.asked = asked;
        this.behaviour = behaviour;
        this.wish = wish;
        this.before = before;
        this.now = now;
    }

    /** By which the app names the customer, living or not. */
    public UserSessionModel userSession() {
        return userSession;
    }

    public Subject subject() {
        return subject;
    }

    /** The database's clock. */
    public Instant now() {
        return now;
    }

    Proposal proposal() {
        return proposal;
    }

    Whose whose() {
        return whose;
    }

    Asked asked() {
        return asked;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    Wish wish() {
        return wish;
    }

    Before before() {
        return before;
    }
}
