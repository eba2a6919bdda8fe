package jp.sekisho.tradingapp.trading;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.client.Details;
import jp.sekisho.client.Payee;
import jp.sekisho.tradingapp.books.Books;
import jp.sekisho.tradingapp.books.Transaction;
import jp.sekisho.tradingapp.operations.Operations;
import jp.sekisho.tradingapp.operations.Unconfirmed;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Orders, withdrawals, the bank account, and what became of them. */
@Controller
class TradingController {

    private final Books books;
    private final Operations operations;

    TradingController(Books books, Operations operations) {
        this.books = books;
        this.operations = operations;
    }

    @ModelAttribute
    void signedIn(Model model) {
        model.addAttribute("signedIn", true);
    }

    @GetMapping("/orders")
    String order(@RequestParam(defaultValue = "false") boolean invalid, Model model) {
        model.addAttribute("invalid", invalid);
        model.addAttribute("instruments", Instrument.values());
        model.addAttribute("sides", Details.Side.values());
        model.addAttribute("effects", Details.PositionEffect.values());
        return "order";
    }

    @PostMapping("/orders")
    String order(Forms.Order form, @AuthenticationPrincipal OidcUser user, HttpServletRequest request) {
        return ordered(form.details(), "/orders", user, request);
    }

    @GetMapping("/withdrawals")
    String withdrawal(
            @RequestParam(defaultValue = "false") boolean invalid,
            @AuthenticationPrincipal OidcUser user,
            Model model) {
        model.addAttribute("invalid", invalid);
        model.addAttribute("account", books.account(user.getSubject()).orElse(null));
        model.addAttribute("available", books.available(user.getSubject()));
        return "withdrawal";
    }

    @PostMapping("/withdrawals")
    String withdrawal(Forms.Withdrawal form, @AuthenticationPrincipal OidcUser user, HttpServletRequest request) {
        String customer = user.getSubject();
        return ordered(form.details(books.account(customer), books.available(customer)), "/withdrawals", user, request);
    }

    @GetMapping("/bank-account")
    String account(
            @RequestParam(defaultValue = "false") boolean invalid,
            @AuthenticationPrincipal OidcUser user,
            Model model) {
        model.addAttribute("invalid", invalid);
        model.addAttribute("account", books.account(user.getSubject()).orElse(null));
        model.addAttribute("types", Payee.AccountType.values());
        return "bank-account";
    }

    @PostMapping("/bank-account")
    String account(Forms.Account form, @AuthenticationPrincipal OidcUser user, HttpServletRequest request) {
        return ordered(form.details(), "/bank-account", user, request);
    }

    private String ordered(Optional<Details> details, String page, OidcUser user, HttpServletRequest request) {
        return details.filter(known -> books.covers(user.getSubject(), known))
                .map(known -> "redirect:" + operations.order(known, user, request))
                .orElse("redirect:" + page + "?invalid=true");
    }

    @GetMapping("/transactions")
    String transactions(
            @RequestParam(required = false) Unconfirmed unconfirmed,
            @AuthenticationPrincipal OidcUser user,
            Model model) {
        model.addAttribute("unconfirmed", unconfirmed);
        model.addAttribute("transactions", books.of(user.getSubject()));
        model.addAttribute("now", Instant.now());
        return "transactions";
    }

    @PostMapping("/transactions/{id}/go-on")
    String goOn(@PathVariable String id, @AuthenticationPrincipal OidcUser user, HttpServletRequest request) {
        return "redirect:" + operations.goOn(own(id, user), request);
    }

    @PostMapping("/transactions/{id}/cancel")
    String cancel(@PathVariable String id, @AuthenticationPrincipal OidcUser user) {
        return "redirect:" + operations.cancel(own(id, user));
    }

    private Transaction own(String id, OidcUser user) {
        return books.find(user.getSubject(), id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
