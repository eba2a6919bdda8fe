import { html, nothing } from "../lit-html.js";

/** How a login or an operation ends that went through, or is on its way. */
const GOOD = new Set(["ADMITTED", "CONFIRMED", "RELEASED", "REDEEMED", "EXECUTED"]);

/** Says what will happen, before it does. */
const disown = async (app, entry) => {
    const wanted = await app.confirm({
        title: app.say("disown-title"),
        lines: [app.say("disown-which", app.words.time(entry.at)), ...app.words.counted("disown")],
        yes: app.say("disown-yes"),
        danger: true,
    });
    if (wanted) {
        await app.last(() => app.account.post("disown", { record: entry.id }), "disowned");
    }
};

const offered = (app, entry) => {
    if (entry.disowned) {
        return html`<p class="label">${app.say("activity-disowned")}</p>`;
    }
    return app.routes.has("freeze")
        ? html`<div class="buttons">
              <button
                  class="button danger disown"
                  aria-label=${app.say("disown-label", app.words.time(entry.at))}
                  @click=${() => disown(app, entry)}
              >
                  ${app.say("disown-button")}
              </button>
          </div>`
        : nothing;
};

/** Of an operation we know where it came from as far as its app says so. */
const seen = (entry) => entry.operation === "LOGIN" || entry.browser || entry.place || entry.address;

const card = (app, entry) =>
    html`<li class="card">
        <h2>
            ${app.say(`operation-${entry.operation.toLowerCase().replaceAll("_", "-")}`)}
            <span class="label ${GOOD.has(entry.result) ? "good" : "bad"}"
                >${app.say(`result-${entry.result.toLowerCase()}`)}</span
            >
        </h2>
        <dl>
            <dt>${app.say("activity-time")}</dt>
            <dd>${app.words.time(entry.at)}</dd>
            ${entry.instrument
                ? html`<dt>${app.say("activity-instrument")}</dt>
                      <dd>${entry.instrument}</dd>`
                : nothing}
            ${entry.amount
                ? html`<dt>${app.say("activity-amount")}</dt>
                      <dd>${app.words.money(entry.amount)}</dd>`
                : nothing}
            ${seen(entry)
                ? html`<dt>${app.say("activity-device")}</dt>
                      <dd>${app.words.browser(entry.browser, entry.os)}</dd>
                      <dt>${app.say("activity-place")}</dt>
                      <dd>${app.words.place(entry.place)}${entry.address ? html`<br />${entry.address}` : nothing}</dd>`
                : nothing}
            ${entry.factors.length
                ? html`<dt>${app.say("activity-factors")}</dt>
                      <dd>${entry.factors.map((factor) => app.words.factor(factor)).join(app.say("and"))}</dd>`
                : nothing}
        </dl>
        ${offered(app, entry)}
    </li>`;

const more = (app) => async (shown) => {
    const next = await app.account.get(`activity?before=${encodeURIComponent(shown.before)}`);
    return { ...next, activity: [...shown.activity, ...next.activity] };
};

export default {
    id: "activity",
    // It freezes: a server that can freeze can do this, and only the freeze can be read.
    uses: ["freeze"],
    load: (app) => app.account.get("activity"),
    draw: (app, { activity, before }) =>
        html`<p>${app.say("activity-text")}</p>
            <ul class="cards" id="activity-list">
                ${activity.map((entry) => card(app, entry))}
            </ul>
            ${before
                ? html`<p>
                      <button id="more" class="button" @click=${() => app.more(more(app))}>
                          ${app.say("activity-more")}
                      </button>
                  </p>`
                : html`<p class="hint">${app.say("activity-end")}</p>`}`,
};
