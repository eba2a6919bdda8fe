package jp.sekisho.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What an operation is about. */
public sealed interface Details {

    enum Side {
        BUY,
        SELL
    }

    enum PositionEffect {
        OPEN,
        CLOSE
    }

    enum OrderType {
        MARKET,
        LIMIT,
        STOP
    }

    /** The operation's type in the API. */
    String type();

    JsonNode json();

    /**
     * An order.
     *
     * @param instrument the firm's own code, or a currency pair
     * @param quantity with at most eight decimal places
     * @param amount what it is worth, where the app knows
     * @param market what the app knows of the market and of the customer's holdings
     */
    record Order(
            String instrument,
            Side side,
            PositionEffect positionEffect,
            OrderType orderType,
            BigDecimal quantity,
            Optional<Money> amount,
            Market market)
            implements Details {

        @Override
        public String type() {
            return "TRADE";
        }

        @Override
        public JsonNode json() {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("instrument", instrument)
                    .put("side", side.name())
                    .put("positionEffect", positionEffect.name())
                    .put("orderType", orderType.name())
                    .put("quantity", quantity.toPlainString());
            amount.ifPresent(money -> json.set("amount", money.json()));
            market.holdingsShare().ifPresent(share -> json.put("holdingsShare", share.toPlainString()));
            market.dailyTurnover().ifPresent(money -> json.set("dailyTurnover", money.json()));
            return json;
        }
    }

    /**
     * What is not known is judged as something that was never seen.
     *
     * @param holdingsShare of all that the customer holds, how much the order sells: 0 to 1
     * @param dailyTurnover what the instrument usually turns over in a day
     */
    record Market(Optional<BigDecimal> holdingsShare, Optional<Money> dailyTurnover) {

        public static final Market UNKNOWN = new Market(Optional.empty(), Optional.empty());
    }

    /** An order is taken back. */
    record Cancellation(Optional<String> instrument) implements Details {

        @Override
        public String type() {
            return "TRADE";
        }

        @Override
        public JsonNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("action", "CANCEL");
            instrument.ifPresent(code -> json.put("instrument", code));
            return json;
        }
    }

    /** @param available what the customer could withdraw at most, where the app knows */
    record Withdrawal(Money amount, Payee payee, Optional<Money> available) implements Details {

        @Override
        public String type() {
            return "WITHDRAWAL";
        }

        @Override
        public JsonNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.set("amount", amount.json());
            json.set("payee", payee.json());
            available.ifPresent(money -> json.set("available", money.json()));
            return json;
        }
    }

    /** @param payee the account that is to be registered */
    record BankAccountChange(Payee payee) implements Details {

        @Override
        public String type() {
            return "BANK_ACCOUNT_CHANGE";
        }

        @Override
        public JsonNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.set("payee", payee.json());
            return json;
        }
    }

    /** @param attributes names of the data that change */
    record ProfileChange(Set<String> attributes) implements Details {

        public ProfileChange {
            attributes = Set.copyOf(attributes);
        }

        @Override
        public String type() {
            return "PROFILE_CHANGE";
        }

        @Override
        public JsonNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            new TreeSet<>(attributes).forEach(json.putArray("attributes")::add);
            return json;
        }
    }
}
