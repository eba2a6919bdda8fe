package jp.sekisho.policies.profile;

/**
 * Whom a customer turns to; stands on every notice and lock page.
 *
 * @param name the firm's desk as customers know it
 * @param phone as it is dialled
 * @param hours in words
 */
// FFAJ-5.1-S1
public record Contact(String name, String phone, String hours) {}
