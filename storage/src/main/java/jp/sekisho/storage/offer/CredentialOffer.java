package jp.sekisho.storage.offer;

/**
 * A verifiable credential that an administrator offers to a customer.
 *
 * @param id random
 * @param parameter which credential, and how it is taken, as Keycloak's required action is told
 */
public record CredentialOffer(String id, String parameter) {}
