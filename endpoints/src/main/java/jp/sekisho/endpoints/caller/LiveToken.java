package jp.sekisho.endpoints.caller;

import java.util.Optional;
import jp.sekisho.checkpoint.session.SessionWatch;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.services.util.MtlsHoKTokenUtil;

/** The live access token of a living session that a request brings, with proof that it is its own where the token is bound to a key. */
final class LiveToken {

    static final String AUDIENCE = "sekisho";

    private LiveToken() {}

    /** Empty where there is none for our audience, or the proof that it needs is not there. */
    static Optional<AuthResult> of(KeycloakSession session) {
        return Optional.ofNullable(new AppAuthManager.BearerTokenAuthenticator(session)
                        .setAudience(AUDIENCE)
                        .authenticate())
                .filter(known -> holdsCertificate(session, known.token()))
                .filter(known ->
                        !SessionWatch.outlived(session, session.getContext().getRealm(), known.session()));
    }

    /** RFC 8705; a proof by RFC 9449 is looked at by Keycloak, which leaves certificates to the resource. */
    static boolean holdsCertificate(KeycloakSession session, AccessToken token) {
        AccessToken.Confirmation bound = token.getConfirmation();
        return bound == null
                || bound.getCertThumbprint() == null
                || MtlsHoKTokenUtil.verifyTokenBindingWithClientCertificate(
                        token, session.getContext().getHttpRequest(), session);
    }
}
