package jp.sekisho.endpoints.access;

import java.util.Optional;
import jp.sekisho.policies.access.Scope;
import org.keycloak.models.UserModel;

/** Whose rules: the scope, and the customer where it is one. */
record Whose(Scope scope, Optional<UserModel> customer) {}
