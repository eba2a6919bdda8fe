package jp.sekisho.storage.secrecy;

/**
 * All columns whose values are encrypted, in the one list of them (FFAJ-2.2-S1). Storage keeps what it is given: it has
 * no key. A column is text of at least 2000 characters, and may be null; its table says of which realm a row is.
 */
// FFAJ-2.2-S1
public enum SealedColumn {
    /** Under what the evidence of an identity verification is found where it is kept. */
    IDENTITY_REFERENCE("SEKISHO_IDENTITY", "ID", "REFERENCE"),
    /** Where notices go besides the address that Keycloak keeps. */
    NOTICE_ADDRESS("SEKISHO_NOTICE_ADDRESS", "ID", "ADDRESS"),
    /** What an operation is about. */
    OPERATION("SEKISHO_OPERATION", "ID", "CONTENT"),
    /** A customer's bank account. */
    PAYEE("SEKISHO_PAYEE", "ID", "CONTENT"),
    /** By what customers' pseudonyms are made. In clear (hexadecimal) where it was made without a key, until rotation seals it. */
    REALM_KEY("SEKISHO_REALM_KEY", "REALM_ID", "SECRET");

    private final String table;
    private final String id;
    private final String column;

    SealedColumn(String table, String id, String column) {
        this.table = table;
        this.id = id;
        this.column = column;
    }

    /** Whether a text that stands in the column was never sealed. */
    public boolean clear(String text) {
        return this == REALM_KEY && text.indexOf(':') < 0;
    }

    public String table() {
        return table;
    }

    /** The column of the primary key. */
    public String id() {
        return id;
    }

    public String column() {
        return column;
    }
}
