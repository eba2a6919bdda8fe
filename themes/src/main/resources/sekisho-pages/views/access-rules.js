import { html, nothing } from "../lit-html.js";

const said = (app, rule) =>
    rule.network ?? (rule.country ? app.words.place({ country: rule.country }) : null) ?? (rule.asn ? `AS${rule.asn}` : app.say("access-rules-devices"));

export default {
    id: "access-rules",
    needs: "access-rules",
    load: (app) => app.account.get("access-rules"),
    draw: (app, { rules = [] }) =>
        html`<p>${app.say("access-rules-text")}</p>
            ${rules.length === 0 ? html`<p id="none">${app.say("access-rules-none")}</p>` : nothing}
            <ul class="cards" id="access-rule-list">
                ${rules.map(
                    (rule) => html`<li class="card">
                        <h2>${said(app, rule)}</h2>
                        <p>${app.say(`access-rules-${String(rule.effect).toLowerCase()}`)}</p>
                    </li>`,
                )}
            </ul>`,
};
