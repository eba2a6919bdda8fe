import { html, nothing } from "../lit-html.js";

const MATCHES = ["COUNTRY", "NETWORK", "ASN", "KNOWN_DEVICE"];

const key = (name) => name.toLowerCase().replaceAll("_", "-");

const said = (app, { match, matched }) =>
    ({
        COUNTRY: () => app.words.place({ country: matched }),
        NETWORK: () => matched,
        ASN: () => `AS${matched}`,
        KNOWN_DEVICE: () => app.say("access-rules-known-device"),
        ABROAD: () => app.say("access-rules-abroad"),
    })[match]();

const remove = async (app, rule) => {
    const wanted = await app.confirm({
        title: app.say("access-rules-remove-title", said(app, rule)),
        lines: app.words.counted("access-rules-remove"),
        yes: app.say("access-rules-remove"),
        danger: true,
    });
    if (wanted) {
        await app.act(() => app.account.delete(`access-rules/${rule.id}`), "access-rules-removed");
    }
};

const make = (app) => (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const match = form.get("match");
    const value = match === "KNOWN_DEVICE" ? "" : form.get("value").trim();
    const day = form.get("day");
    const expires = day ? app.words.over(day) : null;
    const rule = { effect: form.get("effect"), match, values: [value], strict: false, expires };
    app.act(() => app.account.post("access-rules", rule), "access-rules-made");
};

const form = (app) => {
    const match = app.open.match ?? MATCHES[0];
    return html`<form class="card inline" @submit=${make(app)}>
        <h2>${app.say("access-rules-new")}</h2>
        <label for="effect">${app.say("access-rules-effect")}</label>
        <select id="effect" name="effect">
            <option value="ALLOW">${app.say("access-rules-allow")}</option>
            <option value="DENY">${app.say("access-rules-deny")}</option>
        </select>
        <label for="match">${app.say("access-rules-match")}</label>
        <select id="match" name="match" @change=${(event) => app.change({ match: event.target.value })}>
            ${MATCHES.map(
                (each) =>
                    html`<option value=${each} .selected=${each === match}>
                        ${app.say(`access-rules-${key(each)}`)}
                    </option>`,
            )}
        </select>
        ${match === "KNOWN_DEVICE"
            ? nothing
            : html`<label for="value">${app.say("access-rules-value")}</label>
                  <input id="value" name="value" required maxlength="64" autocomplete="off" />
                  <p class="hint">${app.say(`access-rules-${key(match)}-hint`)}</p>`}
        <label for="day">${app.say("access-rules-day")}</label>
        <input id="day" name="day" type="date" min=${app.words.today()} aria-describedby="day-hint" />
        <p class="hint" id="day-hint">${app.say("access-rules-day-hint")}</p>
        <div class="buttons"><button class="button primary" id="make">${app.say("access-rules-add")}</button></div>
    </form>`;
};

const card = (app, rule) =>
    html`<li class="card">
        <h2>
            ${said(app, rule)}
            <span class="label ${rule.effect === "ALLOW" ? "good" : "bad"}"
                >${app.say(`access-rules-${key(rule.effect)}`)}</span
            >
        </h2>
        <dl>
            <dt>${app.say("access-rules-from")}</dt>
            <dd>${app.words.time(rule.from)}</dd>
            ${rule.until
                ? html`<dt>${app.say("access-rules-until")}</dt>
                      <dd>${app.words.time(rule.until)}</dd>`
                : nothing}
        </dl>
        ${rule.own
            ? html`<div class="buttons">
                  <button
                      class="button danger remove"
                      aria-label=${app.say("access-rules-remove-label", said(app, rule))}
                      @click=${() => remove(app, rule)}
                  >
                      ${app.say("access-rules-remove")}
                  </button>
              </div>`
            : html`<p class="hint">${app.say("access-rules-by-firm")}</p>`}
    </li>`;

// FFAJ-1.2-B2
export default {
    id: "access-rules",
    needs: "access-rules",
    load: async (app) => ({ rules: await app.account.get("access-rules") }),
    draw: (app, { rules }) =>
        html`<p>${app.say("access-rules-text")}</p>
            ${rules.length === 0 ? html`<p id="none">${app.say("access-rules-none")}</p>` : nothing}
            <ul class="cards" id="access-rule-list">
                ${rules.map((rule) => card(app, rule))}
            </ul>
            ${form(app)}`,
};
