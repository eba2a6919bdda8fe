import { html, nothing } from "../lit-html.js";

const choose = (app, code) => (event) =>
    app.act(() => app.account.put("notices", { [code]: event.target.checked }), "notices-saved");

const choice = (app, [code, { wanted }]) =>
    html`<li>
        <label class="choice">
            <input type="checkbox" role="switch" name=${code} .checked=${wanted} @change=${choose(app, code)} />
            <span>${app.words.notice(code)}</span>
        </label>
    </li>`;

const addresses = (app, found) =>
    found.length
        ? html`<section class="card">
              <h2>${app.say("notices-addresses")}</h2>
              <ul>
                  ${found.map((each) => html`<li>${each.address}</li>`)}
              </ul>
          </section>`
        : nothing;

export default {
    id: "notices",
    uses: ["addresses"],
    load: async (app) => ({
        notices: Object.entries(await app.account.get("notices")),
        addresses: app.routes.has("addresses") ? ((await app.account.get("addresses")).addresses ?? []) : [],
    }),
    draw: (app, data) => {
        const mine = data.notices.filter(([, notice]) => notice.mayChoose);
        const always = data.notices.filter(([, notice]) => !notice.mayChoose);
        return html`<p>${app.say("notices-text")}</p>
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
            </section>
            ${addresses(app, data.addresses)}`;
    },
};
