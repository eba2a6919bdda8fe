package jp.sekisho.tradingapp.trading;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.sekisho.client.Details;
import jp.sekisho.client.Money;
import jp.sekisho.client.Payee;

/** What customers fill in. What is not so is empty, and said so on the page. */
final class Forms {

    private static final Pattern YEN = Pattern.compile("[1-9][0-9]{0,9}");
    private static final Pattern UNITS = Pattern.compile("[1-9][0-9]{0,7}");
    private static final Pattern HOLDER = Pattern.compile("[\\p{IsKatakana}ー－（）().・Ａ-ＺA-Z0-9 \\u3000]{1,40}");

    private Forms() {}

    record Order(String pair, Details.Side side, Details.PositionEffect effect, String units) {

        Optional<Details> details() {
            return Instrument.of(pair)
                    .filter(known -> side != null && effect != null)
                    .filter(known -> units != null && UNITS.matcher(units).matches())
                    .map(known -> new Details.Order(
                            pair,
                            side,
                            effect,
                            Details.OrderType.MARKET,
                            new BigDecimal(units),
                            Optional.of(known.worth(new BigDecimal(units))),
                            Details.Market.UNKNOWN));
        }
    }

    record Withdrawal(String amount) {

        Optional<Details> details(Optional<Payee> account, BigDecimal available) {
            return account.filter(known -> amount != null && YEN.matcher(amount).matches())
                    .map(known -> new Details.Withdrawal(
                            Money.of(amount, "JPY"), known, Optional.of(Money.of(available.toPlainString(), "JPY"))));
        }
    }

    record Account(String bank, String branch, Payee.AccountType accountType, String account, String holder) {

        Optional<Details> details() {
            return Optional.of(this)
                    .filter(form -> bank != null && bank.matches("[0-9]{4}"))
                    .filter(form -> branch != null && branch.matches("[0-9]{3}"))
                    .filter(form -> accountType != null)
                    .filter(form -> account != null && account.matches("[0-9]{7}"))
                    .filter(form -> holder != null
                            && !holder.isBlank()
                            && HOLDER.matcher(holder).matches())
                    .map(form -> new Details.BankAccountChange(new Payee(
                            bank, branch, accountType, account, holder.strip(), Optional.empty(), Optional.empty())));
        }
    }
}
