package jp.sekisho.demo;

import java.util.List;

/**
 * A customer of the demo's firm, with a password that is no secret.
 *
 * @param locale language of pages and mails
 * @param totpKey of the authenticator app, as it is typed into one; empty for a customer without one
 */
public record Customer(
        String username,
        String password,
        String lastName,
        String firstName,
        String lastNameKana,
        String firstNameKana,
        String customerNumber,
        String locale,
        String totpKey) {

    public static final Customer YAMADA =
            new Customer("yamada", "Fuji-san-3776-m", "山田", "太郎", "ヤマダ", "タロウ", "1000-0001", "ja", "");

    public static final Customer SUZUKI = new Customer(
            "suzuki",
            "Biwa-ko-67028-ha",
            "鈴木",
            "花子",
            "スズキ",
            "ハナコ",
            "1000-0002",
            "ja",
            "ONSWW2LTNBXS2ZDFNVXS243VPJ2WW2JN");

    public static final Customer SMITH =
            new Customer("smith", "Tower-Bridge-1894", "Smith", "Alice", "スミス", "アリス", "1000-0003", "en", "");

    public static final List<Customer> ALL = List.of(YAMADA, SUZUKI, SMITH);

    public String email() {
        return username + "@customer.example";
    }

    public boolean hasTotp() {
        return !totpKey.isEmpty();
    }
}
