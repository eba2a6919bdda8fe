package jp.sekisho.policies.access;

/** What rules are kept by: the rules of one scope that look for the same. */
public record Key(Scope scope, Match match) {}
