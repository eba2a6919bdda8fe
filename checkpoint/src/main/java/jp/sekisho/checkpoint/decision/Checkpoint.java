package jp.sekisho.checkpoint.decision;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.policies.access.Seen;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.storage.evidence.EvidenceRow;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.Provider;

/**
 * The decision service: the room that all doors share. Evidence in, decision out, record written.
 *
 * <p>A decision that lets the customer pass is recorded in the request's transaction, everything else in one of its own
 * before the response; if the row cannot be written, the call fails and so does the operation (decision 9).
 */
public interface Checkpoint extends Provider {

    /** Judges an operation. Records nothing. */
    Assessment assess(Subject subject, Operation operation);

    /** Judges an operation that an app asks about. Records nothing. */
    Ruled assess(OperationSight sight);

    /**
     * Records what was decided of an operation of an app, with the request's commit.
     *
     * @param about what only the operation knows: texts and numbers, without a personal value
     */
    void record(Ruled ruled, Map<String, String> about);

    /**
     * The same for who writes the record together with what it is about.
     *
     * @param writing in the request's transaction; whether it wrote it
     * @return the same
     */
    boolean record(Ruled ruled, Map<String, String> about, Predicate<EvidenceRow> writing);

    /** What the operation requires of the subject at a level of risk: by profile, stage of migration and exemption. */
    Requirement requirement(Subject subject, Operation operation, Level level);

    /** Records the decision and how it ended, in the request's transaction: only for what lets the customer pass. */
    void admit(Assessment assessment, Set<Factor> shown, int loa);

    /** Records a decision that does not let the customer pass, or not yet, in a transaction of its own. */
    void record(Assessment assessment, Set<Factor> shown, Result result, Optional<String> detail);

    /** Records how an earlier decision ended, in the request's transaction if it ended well, else in its own. */
    void conclude(Carried earlier, Subject subject, Set<Factor> shown, int loa, Result result, Optional<String> detail);

    /** The request in hand as access rules look at it; whether the device is known depends on the customer. */
    Seen seen(String customer);

    /**
     * The access rules that keep the subject away from where the request in hand comes from, by the first scope of them: for
     * a session that goes on. {@link #assess} asks them itself. An administrator's is kept away by the officers' own, wherever
     * he is, where no passkey or certificate opened it.
     *
     * @param userSession where the channel has no cookies, the device that it began on stands for the one in hand
     */
    Optional<Scope> denied(Subject subject, UserSessionModel userSession);

    /** The same of what an app says that it saw. */
    Optional<Scope> denied(SessionSight asserted, UserSessionModel userSession);

    /** What is seen of the request in hand, for a session that goes on. Judges and records nothing. */
    SessionSight sight(Subject subject);

    /** The same where an app's own server asks: nothing of the customer is collected. */
    SessionSight unseen(Subject subject);

    /** The same of what an app says that it saw. @param address as text; no address is withheld */
    SessionSight asserted(Subject subject, String address, String userAgent);

    /** Records how a session was judged again: in the request's transaction where it goes on, else in one of its own. */
    void record(SessionSight sight, SessionLook look);

    /** What a notice about the request in hand says: device and place in words of the customer's language, masked. */
    NoticeValues noticeValues(UserModel user);

    /** Where the request in hand comes from, as far as it is known. Looked up in memory. */
    Optional<Place> place();
}
