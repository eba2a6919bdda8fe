package jp.sekisho.demo;

import java.util.List;
import java.util.stream.Stream;

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

    public static final Customer ITO = new Customer(
            "ito", "Suwa-ko-1381-re", "伊藤", "健", "イトウ", "ケン", "1000-0004", "ja", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");

    public static final Customer TANAKA =
            new Customer("tanaka", "Kasumi-ga-ura-220-y", "田中", "一郎", "タナカ", "イチロウ", "1000-0007", "ja", "");

    /** Security officers: customers of the demo until they are given a role. */
    public static final Customer SATO = new Customer(
            "sato",
            "Towada-ko-61100-so",
            "佐藤",
            "恵",
            "サトウ",
            "メグミ",
            "1000-0005",
            "ja",
            "KRUGKIDROVUWG2ZAKRUGKIDROVUWG2ZA");

    public static final Customer TAKAHASHI = new Customer(
            "takahashi",
            "Tazawa-ko-423-mu",
            "高橋",
            "誠",
            "タカハシ",
            "マコト",
            "1000-0006",
            "ja",
            "MZXW6YTBOI2TGMJQMZXW6YTBOI2TGMJQ");

    public static final List<Customer> CUSTOMERS = List.of(YAMADA, SUZUKI, SMITH, ITO, TANAKA);
    public static final List<Customer> OFFICERS = List.of(SATO, TAKAHASHI);
    public static final List<Customer> ALL =
            Stream.concat(CUSTOMERS.stream(), OFFICERS.stream()).toList();

    public String email() {
        return username + "@customer.example";
    }

    public boolean hasTotp() {
        return !totpKey.isEmpty();
    }
}
