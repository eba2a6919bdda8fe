import { html, nothing } from "../lit-html.js";

const SWITCHES = { withdrawalsOff: "withdrawals", accountsOff: "accounts", eachOrder: "each-order" };

const yen = (app, amount) =>
    amount
        ? new Intl.NumberFormat(app.words.language, { style: "currency", currency: amount.currency }).format(
              amount.value,
          )
        : app.say("limits-no-amount");

/** What is not there is left out of the answer, and must be said in the question. */
const only = ({ withdrawalsOff, accountsOff, dailyAmount = null, eachOrder }) => ({
    withdrawalsOff,
    accountsOff,
    dailyAmount,
    eachOrder,
});

/** What was chosen is not yet so: the page says what is. */
const inForce = ({ elements }, limits) => {
    Object.keys(SWITCHES).forEach((name) => (elements[name].checked = limits[name]));
    elements.amount.value = limits.dailyAmount?.value ?? "";
};

const save = (app, limits) => (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const value = form.get("amount").normalize("NFKC").replace(/[,\s]/g, "");
    const wanted = {
        ...Object.fromEntries(Object.keys(SWITCHES).map((name) => [name, form.has(name)])),
        dailyAmount: value ? { value, currency: "JPY" } : null,
    };
    inForce(event.target, limits);
    app.act(() => app.account.put("limits", wanted), "limits-saved");
};

const state = (app, name, limits) => app.say(limits[name] ? "limits-on" : "limits-off", app.say(`limits-${SWITCHES[name]}`));

const pending = (app, limits) =>
    html`<section class="card" id="limits-pending">
        <h2>${app.say("limits-pending", app.words.time(limits.pending.from))}</h2>
        <ul class="lines">
            ${Object.keys(SWITCHES)
                .filter((name) => limits[name] !== limits.pending[name])
                .map((name) => html`<li>${state(app, name, limits.pending)}</li>`)}
            ${limits.dailyAmount?.value === limits.pending.dailyAmount?.value
                ? nothing
                : html`<li>${app.say("limits-amount-will", yen(app, limits.pending.dailyAmount))}</li>`}
        </ul>
        <div class="buttons">
            <button
                class="button"
                id="take-back"
                @click=${() => app.act(() => app.account.put("limits", only(limits)), "limits-taken-back")}
            >
                ${app.say("limits-take-back")}
            </button>
        </div>
    </section>`;

const form = (app, limits) =>
    html`<form class="card inline" id="limits" @submit=${save(app, limits)}>
        <h2>${app.say("limits-mine")}</h2>
        <ul class="choices">
            ${Object.keys(SWITCHES).map(
                (name) =>
                    html`<li>
                        <label class="choice">
                            <input type="checkbox" role="switch" name=${name} .checked=${limits[name]} />
                            <span>${app.say(`limits-${SWITCHES[name]}`)}</span>
                        </label>
                        <p class="hint">${app.say(`limits-${SWITCHES[name]}-hint`)}</p>
                    </li>`,
            )}
        </ul>
        <label for="amount">${app.say("limits-amount")}</label>
        <input
            id="amount"
            name="amount"
            inputmode="numeric"
            maxlength="20"
            autocomplete="off"
            aria-describedby="amount-hint"
            .value=${limits.dailyAmount?.value ?? ""}
        />
        <p class="hint" id="amount-hint">${app.say("limits-amount-hint")}</p>
        <div class="buttons"><button class="button primary" id="save">${app.say("save")}</button></div>
    </form>`;

const abroad = { effect: "DENY", match: "ABROAD", values: [""], strict: false, expires: null };

/** Logins from abroad are an access rule like any other: what comes latest to its end is the one that counts. */
const foreign = (app, rules) => {
    const closed = rules.filter((rule) => rule.own && rule.match === "ABROAD" && rule.effect === "DENY");
    const open = closed.find((rule) => !rule.until);
    const ends = closed.map((rule) => rule.until).sort().pop();
    const said = open
        ? app.say("limits-abroad-off")
        : ends
          ? app.say("limits-abroad-ends", app.words.time(ends))
          : app.say("limits-abroad-on");
    return html`<section class="card" id="abroad">
        <h2>${app.say("limits-abroad")}</h2>
        <p>${app.say("limits-abroad-text")}</p>
        <p id="abroad-state">${said}</p>
        <div class="buttons">
            ${open
                ? html`<button
                      class="button"
                      id="abroad-open"
                      @click=${() => app.act(() => app.account.delete(`access-rules/${open.id}`), "limits-abroad-opened")}
                  >
                      ${app.say("limits-abroad-open")}
                  </button>`
                : html`<button
                      class="button"
                      id="abroad-close"
                      @click=${() => app.act(() => app.account.post("access-rules", abroad), "limits-abroad-closed")}
                  >
                      ${app.say("limits-abroad-close")}
                  </button>`}
        </div>
    </section>`;
};

// FFAJ-1.4-S2
export default {
    id: "limits",
    needs: "limits",
    uses: ["access-rules"],
    load: async (app) => ({
        limits: await app.account.get("limits"),
        rules: app.routes.has("access-rules") ? await app.account.get("access-rules") : null,
    }),
    draw: (app, { limits, rules }) =>
        html`<p>${app.say("limits-text")}</p>
            ${limits.pending ? pending(app, limits) : nothing} ${form(app, limits)}
            ${rules ? foreign(app, rules) : nothing}`,
};
