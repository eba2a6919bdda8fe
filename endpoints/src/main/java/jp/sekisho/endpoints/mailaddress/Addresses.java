package jp.sekisho.endpoints.mailaddress;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.code.CodePurpose;
import jp.sekisho.checkpoint.code.CodeSession;
import jp.sekisho.checkpoint.code.MailCodes;
import jp.sekisho.checkpoint.code.Verdict;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.mailaddress.NoticeAddresses;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.Sealed;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.caller.SignedIn.Customer;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.mailaddress.MailAddress.Kind;
import org.keycloak.email.EmailException;
import org.keycloak.models.KeycloakSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a customer's notices go: his address, further ones that he verified, and those that he had before. */
// JP25-9: at least two addresses
public final class Addresses {

    private static final Logger LOG = LoggerFactory.getLogger(Addresses.class);

    /** Of the new address, in the session that asked. */
    private static final String ASKED = "sekisho.mail-address.asked";

    private final SignedIn signedIn;
    private final KeycloakSession session;

    public Addresses(SignedIn signedIn) {
        this.signedIn = signedIn;
        this.session = signedIn.session();
    }

    /**
     * An address as its owner recognises it.
     *
     * @param id empty for the customer's own, which he changes elsewhere
     * @param kind PRIMARY, SECOND, PRIMARY_OLD; ASKED where a code was sent that is still good
     */
    record View(
            Optional<String> id,
            String address,
            String kind,
            boolean verified,
            Optional<String> verifiedAt,
            Optional<String> validUntil) {}

    record Asked(String address) {

        private static final int LONGEST = 254;
        private static final Pattern FORM =
                Pattern.compile("[^\\s@<>\"(),:;\\\\\\[\\]\\p{Cntrl}]{1,64}@[\\p{Alnum}-]+(?:\\.[\\p{Alnum}-]+)+");

        Asked {
            if (address == null
                    || address.length() > LONGEST
                    || !FORM.matcher(address).matches()) {
                throw new IllegalArgumentException("address must be an e-mail address.");
            }
        }
    }

    record Typed(String code) {}

    public Response addresses() {
        return Sealed.withKey(() -> signedIn.forCustomer(this::view));
    }

    /**
     * Sends a code to a further address.
     *
     * @return 202 with all addresses; 409 where it is known already or there is no room for it, or too much was asked for;
     *     503 where the server has no key: in clear it is not kept
     */
    public Response add(String body) {
        return Sealed.withKey(() -> signedIn.forProfileChange(customer -> {
            String address = Body.read(body, Asked.class).address();
            NoticeAddresses addresses = stored(customer);
            if (!addresses.keepable()) {
                return Problem.unavailable("no-key", "The server has no key for personal values.");
            }
            if (address.equalsIgnoreCase(customer.user().getEmail())
                    || addresses.all().stream().anyMatch(one -> one.address().equalsIgnoreCase(address))) {
                return Problem.conflict("address-known", "Notices go to this address already.");
            }
            if (addresses.full()) {
                return Problem.conflict("addresses-full", "Remove another address first.");
            }
            MailCodes codes = codes(customer, address);
            Verdict mail = codes.mayMail();
            if (!mail.passed()) {
                return refused(customer, mail);
            }
            String code = codes.draw();
            try {
                codes.mail(customer.user(), code);
            } catch (EmailException unsent) {
                LOG.error(
                        "realm {}: a code could not be sent: {}",
                        customer.realm().getName(),
                        MailCodes.kind(unsent));
                return Problem.conflict("unsent", "The code cannot be sent at the moment.");
            }
            codes.keep(code);
            customer.userSession().setNote(ASKED, address);
            return Response.fromResponse(view(customer))
                    .status(Response.Status.ACCEPTED)
                    .build();
        }));
    }

    /** @return 201 with all addresses; 400 for a wrong code */
    public Response verify(String body) {
        return Sealed.withKey(() -> signedIn.forProfileChange(customer -> {
            String digits = MailCodes.digits(Body.read(body, Typed.class).code());
            String address = customer.userSession().getNote(ASKED);
            if (address == null || digits.isEmpty()) {
                return Problem.badRequest("code", "The code is wrong, or no longer good.");
            }
            Verdict verdict = codes(customer, address).verify(digits);
            if (verdict.refused().isPresent() || verdict.began().isPresent()) {
                return refused(customer, verdict);
            }
            if (!verdict.passed()) {
                return Problem.badRequest("code", "The code is wrong, or no longer good.");
            }
            customer.userSession().removeNote(ASKED);
            NoticeAddresses addresses = stored(customer);
            if (addresses.full()) {
                return Problem.conflict("addresses-full", "Remove another address first.");
            }
            addresses.add(address);
            return Response.fromResponse(view(customer))
                    .status(Response.Status.CREATED)
                    .build();
        }));
    }

    /** One that was the customer's for long gets notices for a time still. */
    public Response remove(String id) {
        return Sealed.withKey(
                () -> signedIn.forProfileChange(customer -> stored(customer).remove(id)
                        ? Response.noContent().build()
                        : Problem.notFound("There is no such address.")));
    }

    private Response view(Customer customer) {
        Stream<View> own = Optional.ofNullable(customer.user().getEmail()).stream()
                .map(address -> new View(
                        Optional.empty(),
                        Masking.name(address),
                        "PRIMARY",
                        customer.user().isEmailVerified(),
                        Optional.empty(),
                        Optional.empty()));
        Stream<View> further = stored(customer).all().stream()
                .filter(one -> !one.address().equalsIgnoreCase(customer.user().getEmail()))
                .map(one -> new View(
                        Optional.of(one.id()),
                        // FFAJ-1.5-S1
                        Masking.name(one.address()),
                        one.kind().name(),
                        one.kind() == Kind.SECOND,
                        Optional.of(one.verifiedAt().toString()),
                        one.validUntil().map(Instant::toString)));
        Stream<View> asked = asked(customer).stream()
                .map(address -> new View(
                        Optional.empty(), Masking.name(address), "ASKED", false, Optional.empty(), Optional.empty()));
        return Response.ok(
                        Stream.of(own, further, asked).flatMap(views -> views).toList(),
                        MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** The address that waits for its code in this session: a step-up in between does not lose it. */
    private Optional<String> asked(Customer customer) {
        return Optional.ofNullable(customer.userSession().getNote(ASKED))
                .filter(address -> codes(customer, address).live());
    }

    private Response refused(Customer customer, Verdict verdict) {
        verdict.began()
                .ifPresent(lock -> Notices.of(session, customer.realm(), customer.policy())
                        .tellNow(
                                customer.user(),
                                lock == Refusal.LOCK ? Notice.LOCK : Notice.STRANGER_LOCK,
                                session.getProvider(Checkpoint.class).noticeValues(customer.user())));
        return Problem.conflict("locked", "Too many codes were asked for or wrong: try again later.");
    }

    private MailCodes codes(Customer customer, String address) {
        return MailCodes.of(
                session,
                customer.realm(),
                customer.policy(),
                CodePurpose.ADDRESS,
                CodeSession.of(customer.userSession()),
                customer.pseudonym(),
                address);
    }

    private NoticeAddresses stored(Customer customer) {
        return NoticeAddresses.of(session, customer.realm(), customer.policy(), customer.user());
    }
}
