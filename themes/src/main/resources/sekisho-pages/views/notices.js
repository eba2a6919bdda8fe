import { html, nothing } from "../lit-html.js";

// It shows what is so, until the answer says otherwise.
const choose = (app, code, wanted) => (event) => {
    event.target.checked = wanted;
    app.act(() => app.account.put("notices", { [code]: !wanted }), "notices-saved");
};

const choice = (app, [code, { wanted }]) =>
    html`<li>
        <label class="choice">
            <input type="checkbox" role="switch" name=${code} .checked=${wanted} @change=${choose(app, code, wanted)} />
            <span>${app.words.notice(code)}</span>
        </label>
    </li>`;

const speak = (app) => (event) => {
    event.preventDefault();
    const wanted = new FormData(event.target).get("language");
    app.act(async () => {
        const { language } = await app.account.put("language", { language: wanted });
        await app.speak(language);
    }, "notices-saved");
};

/** Each by its own name: who does not read this one finds his. */
const languages = (app, { language, languages }) =>
    html`<form class="card inline" id="language-of-notices" @submit=${speak(app)}>
        <h2>${app.say("notices-language")}</h2>
        <p>${app.say("notices-language-text")}</p>
        <label for="notice-language">${app.say("notices-language-label")}</label>
        <select id="notice-language" name="language">
            ${languages.map(
                (each) =>
                    html`<option value=${each} lang=${each} .selected=${each === language}>
                        ${app.words.own(each)}
                    </option>`,
            )}
        </select>
        <div class="buttons">
            <button class="button" id="speak">${app.say("notices-language-save")}</button>
        </div>
    </form>`;

const KINDS = { PRIMARY: "primary", SECOND: "second", ASKED: "asked" };

const ask = (app) => async (event) => {
    event.preventDefault();
    const address = new FormData(event.target).get("address");
    await app.act(() => app.account.post("addresses", { address }), "addresses-sent");
};

const verify = (app) => (event) => {
    event.preventDefault();
    const code = new FormData(event.target).get("code");
    app.act(() => app.account.post("addresses/verification", { code }), "addresses-added");
};

const remove = async (app, address) => {
    const wanted = await app.confirm({
        title: app.say("addresses-remove-title", address.address),
        lines: app.words.counted("addresses-remove"),
        yes: app.say("addresses-remove"),
        danger: true,
    });
    if (wanted) {
        await app.act(() => app.account.delete(`addresses/${address.id}`), "addresses-removed");
    }
};

const row = (app, address) =>
    html`<li>
        <span>
            ${address.address}
            <span class="hint"
                >${address.validUntil
                    ? app.say("addresses-until", app.words.day(address.validUntil))
                    : app.say(`addresses-${KINDS[address.kind]}`)}</span
            >
        </span>
        ${address.id && !address.validUntil
            ? html`<button
                  class="button danger"
                  aria-label=${app.say("addresses-remove-label", address.address)}
                  @click=${() => remove(app, address)}
              >
                  ${app.say("addresses-remove")}
              </button>`
            : nothing}
    </li>`;

// The code is typed here, in the session that asked for it: no mail has a link.
const addForm = (app, found) =>
    found.some(({ kind }) => kind === "ASKED") && !app.open.other
        ? html`<form class="inline" @submit=${verify(app)}>
              <label for="code">${app.say("addresses-code")}</label>
              <input id="code" name="code" required inputmode="numeric" autocomplete="one-time-code" maxlength="12" />
              <div class="buttons"><button class="button primary" id="verify">${app.say("addresses-verify")}</button>
                  <button class="button" id="other" type="button" @click=${() => app.change({ other: true })}>
                      ${app.say("addresses-other")}
                  </button>
              </div>
          </form>`
        : html`<form class="inline" @submit=${ask(app)}>
              <label for="address">${app.say("addresses-new")}</label>
              <input id="address" name="address" type="email" required maxlength="254" autocomplete="email" />
              <div class="buttons"><button class="button" id="send-code">${app.say("addresses-send")}</button></div>
          </form>`;

const addresses = (app, found) =>
    html`<section class="card" id="addresses">
        <h2>${app.say("addresses")}</h2>
        <p>${app.say("addresses-text")}</p>
        <ul class="rows">
            ${found.map((each) => row(app, each))}
        </ul>
        ${addForm(app, found)}
    </section>`;

// FFAJ-1.2-S2, JP25-9
export default {
    id: "notices",
    uses: ["addresses"],
    load: async (app) => ({
        notices: Object.entries(await app.account.get("notices")),
        language: await app.account.get("language"),
        addresses: app.routes.has("addresses") ? await app.account.get("addresses") : null,
    }),
    draw: (app, data) => {
        const mine = data.notices.filter(([, notice]) => notice.mayChoose);
        const always = data.notices.filter(([, notice]) => !notice.mayChoose);
        return html`<p>${app.say("notices-text")}</p>
            ${data.addresses ? addresses(app, data.addresses) : nothing} ${languages(app, data.language)}
            <section class="card">
                <h2>${app.say("notices-mine")}</h2>
                <ul class="choices" id="choices">
                    ${mine.map((each) => choice(app, each))}
                </ul>
            </section>
            <section class="card">
                <h2>${app.say("notices-always")}</h2>
                <p>${app.say("notices-always-why")}</p>
                <ul id="always">
                    ${always.map(([code]) => html`<li>${app.words.notice(code)}</li>`)}
                </ul>
            </section>`;
    },
};
