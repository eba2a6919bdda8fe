package jp.sekisho.endpoints.identity;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.checkpoint.freeze.Freezing;
import jp.sekisho.checkpoint.identity.IdentityCodes;
import jp.sekisho.checkpoint.identity.IdentityCodes.Issued;
import jp.sekisho.checkpoint.identity.IdentityRecords;
import jp.sekisho.checkpoint.identity.Verification;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.proposal.FourEyes;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.caller.Officers.Customer;
import jp.sekisho.endpoints.caller.Reason;
import jp.sekisho.endpoints.caller.Sealed;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.endpoints.proposal.Proposing;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.identity.OneTimeCode;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.proposal.Act;
import jp.sekisho.storage.identity.IdentityRow;
import jp.sekisho.storage.proposal.Proposal;

/** Customers' identities: what the back office verified, and the letters with one-time codes. */
// FFAJ-1.1-S1, FFAJ-1.1-S2, FFAJ-1.1-B2
public final class Identity {

    /** The page on which a customer types the code in, as a required action. */
    private static final String PAGE = "sekisho-postal-code";

    private final Officers officers;

    public Identity(Officers officers) {
        this.officers = officers;
    }

    /** {@link IdentityView}. */
    public Response records(String userId) {
        return officers.forCustomer(
                userId,
                customer -> Sealed.withKey(() -> {
                    IdentityRecords records = IdentityRecords.of(officers.session(), officers.realm());
                    return ok(IdentityView.of(
                            records.all(customer.pseudonym()),
                            records::reference,
                            IdentityCodes.of(officers.session(), officers.realm())
                                    .live(customer.pseudonym(), customer.now())));
                }));
    }

    /**
     * Records that the firm verified the customer's identity.
     *
     * @param recovery number that a customer who lost his passkey read from his page and told who identified him
     * @param body {@link Entry}
     * @return 201 with the record, 202 with a proposal of it for an officer or administrator; 400 for what is no record, 403 for anybody but an officer and for who verifies
     *     himself, 503 where the server has no key to keep the reference under
     */
    public Response record(String userId, Optional<String> recovery, String body) {
        return officers.forAnother(userId, customer -> {
            Entry entry = Body.read(body, Entry.class);
            Optional<OneTimeCode> request = recovery.flatMap(OneTimeCode::typed);
            Optional<Response> refused = refused(customer, entry, recovery, request);
            if (refused.isPresent()) {
                return refused.get();
            }
            return customer.needsTwo(Act.IDENTITY_RECORD)
                    ? Proposing.propose(
                            officers,
                            customer.policy(),
                            Proposal.Kind.IDENTITY,
                            Map.of(
                                    Proposing.USER,
                                    userId,
                                    "method",
                                    entry.method().name(),
                                    "entry",
                                    digest(entry, request)),
                            entry.method().name())
                    : recorded(customer, entry, request, officers.caller());
        });
    }

    /**
     * An approver enters the record that an officer proposed of another one, once more: the proposal holds but its digest.
     *
     * @param recovery as for {@link #record}
     * @param body {@link Entry}
     * @return as {@link #record}; 403 for who proposed it, 409 where nobody proposed just this
     */
    public Response approveRecord(String userId, Optional<String> recovery, String body) {
        return officers.forAnother(Officers.APPROVER, userId, customer -> {
            Entry entry = Body.read(body, Entry.class);
            Optional<OneTimeCode> request = recovery.flatMap(OneTimeCode::typed);
            Optional<Response> refused = refused(customer, entry, recovery, request);
            if (refused.isPresent()) {
                return refused.get();
            }
            FourEyes eyes = FourEyes.of(officers.session(), officers.realm(), customer.policy());
            Optional<Proposal> proposed = eyes.waiting().stream()
                    .filter(proposal -> proposal.kind() == Proposal.Kind.IDENTITY)
                    .filter(proposal -> Proposing.user(proposal).equals(userId))
                    .filter(proposal -> RecordJson.read(proposal.content())
                            .path("entry")
                            .asText()
                            .equals(digest(entry, request)))
                    .findFirst();
            if (proposed.isEmpty()) {
                return Problem.conflict("not-proposed", "Nobody proposed just this record.");
            }
            if (!eyes.approve(proposed.get(), officers.caller(), proposed.get().reason())) {
                return Problem.forbidden("Who proposed it does not approve it.");
            }
            Proposing.told(officers, proposed.get(), "approve");
            return recorded(customer, entry, request, proposed.get().by());
        });
    }

    /** @param request what {@code recovery} is the number of; empty where it is none */
    private static Optional<Response> refused(
            Customer customer, Entry entry, Optional<String> recovery, Optional<OneTimeCode> request) {
        Optional<Response> untimely = entry.untimely(
                        customer.now(), customer.policy().profile().identity().longestAgo())
                .map(why -> Problem.badRequest("verified-at", why));
        return untimely.or(() -> recovery.filter(text -> request.isEmpty())
                .map(text -> Problem.badRequest("recovery", "recovery: is not the number of a request.")));
    }

    private static String digest(Entry entry, Optional<OneTimeCode> request) {
        return Sha256.hex(String.join(
                "\n",
                entry.method().name(),
                entry.reference(),
                entry.evidenceSha256(),
                entry.verifiedAt() + request.map(number -> "\n" + number.text()).orElse("")));
    }

    private Response recorded(Customer customer, Entry entry, Optional<OneTimeCode> request, String officer) {
        return Sealed.withKey(() -> {
            IdentityRow row = IdentityRecords.of(officers.session(), officers.realm())
                    .record(
                            customer.pseudonym(),
                            new Verification(
                                    entry.method(),
                                    entry.reference(),
                                    entry.evidenceSha256(),
                                    Optional.of(officer),
                                    Optional.empty(),
                                    request,
                                    entry.verifiedAt()),
                            customer.now());
            tell(customer, Notice.IDENTITY_VERIFIED, row.id());
            told(customer, Map.of("method", entry.method().name(), "record", row.id()), "identity");
            return Response.status(Response.Status.CREATED)
                    .entity(IdentityView.Record.of(row, Optional.of(entry.reference())))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .build();
        });
    }

    /**
     * Makes a one-time code for a letter to the registered address; the one before it ends. The customer is asked for it at
     * his next logins, and may put that off until the letter is there. What one officer alone makes vouches for no more than a
     * provisional passkey.
     *
     * @param propose whether another one is to approve it, so that its code identifies who types it in
     * @param body {@link Reason}
     * @return 202 with a proposal of it where that is wanted, for an officer or administrator, and for who is to come back from a
     *     freeze; 201 {@code {"code": "ABCD-EFGH-JKLM", "expiresAt": …}}, this once
     */
    public Response postalCode(String userId, boolean propose, String body) {
        return officers.forAnother(userId, customer -> {
            Reason reason = Body.read(body, Reason.class);
            return customer.needsTwo(letter(customer, propose))
                    ? Proposing.propose(
                            officers,
                            customer.policy(),
                            Proposal.Kind.POSTAL_CODE,
                            Map.of(Proposing.USER, userId),
                            reason.reason())
                    : issued(customer, officers.caller(), Optional.empty(), reason.reason());
        });
    }

    private Act letter(Customer customer, boolean propose) {
        if (propose) {
            return Act.LETTER_THAT_IDENTIFIES;
        }
        return comesBack(customer) ? Act.LETTER_AFTER_THAW : Act.LETTER;
    }

    /** Officers approved his thaw, and he has still to bind a new credential. */
    // JP25-8
    private boolean comesBack(Customer customer) {
        return freezes(customer).stream().anyMatch(freeze -> freeze.approval().isPresent());
    }

    private List<Freeze> freezes(Customer customer) {
        return Freezing.of(officers.session(), officers.realm(), customer.policy())
                .of(customer.user());
    }

    /**
     * As {@link #postalCode}, to the approver of what another officer proposed.
     *
     * @return also 403 for who proposed to thaw this customer: he would hold both
     */
    public Response approvedPostalCode(Proposal proposal) {
        return officers.forAnother(
                Officers.APPROVER,
                Proposing.user(proposal),
                customer -> Freeze.proposed(freezes(customer), officers.caller())
                        ? Problem.forbidden("Who proposed the thaw does not approve its letter.")
                        : issued(customer, proposal.by(), Optional.of(officers.caller()), proposal.reason()));
    }

    private Response issued(Customer customer, String officer, Optional<String> approver, String reason) {
        Issued issued = IdentityCodes.of(officers.session(), officers.realm())
                .issue(customer.pseudonym(), officer, approver, reason, customer.now());
        customer.user().addRequiredAction(PAGE);
        tell(customer, Notice.POSTAL_CODE_ISSUED, issued.expiresAt().toString());
        told(customer, Map.of("reason", reason), "postal-code");
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(Map.of(
                        "code", issued.code().printed(),
                        "expiresAt", issued.expiresAt().toString()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private void tell(Customer customer, Notice notice, String about) {
        Notices.of(officers.session(), officers.realm(), customer.policy())
                .tell(customer.user(), notice, NoticeValues.at(customer.now()).about(about));
    }

    private void told(Customer customer, Map<String, String> what, String path) {
        officers.told("SEKISHO_IDENTITY", what, "customers", customer.user().getId(), path);
    }

    private static Response ok(Object view) {
        return Response.ok(view, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
