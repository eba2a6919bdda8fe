package jp.sekisho.stack.postgres;

/** Where a database is and who may come in. */
public record Jdbc(String url, String user, String password) {}
