import { html, nothing } from "../lit-html.js";

/** Five minutes, whatever this computer's clock says. */
const LONGEST = 300_000;

// FFAJ-1.5-S1: the server masks, whatever this page does.
const masked = (app) =>
    html`<p>${app.say("profile-masked")}</p>
        <p>
            <button id="show" class="button primary" @click=${() => app.login.go({ acr: app.profile.stepUp })}>
                ${app.say("profile-show")}
            </button>
        </p>`;

export default {
    id: "profile",
    load: async (app) => {
        const profile = await app.account.get("profile");
        if (profile.shownUntil) {
            // Whoever comes to a page that was left open sees nothing either.
            const left = Date.parse(profile.shownUntil) - Date.now();
            setTimeout(() => app.again("profile"), Math.min(Math.max(left, 0), LONGEST) + 1000);
        }
        return profile;
    },
    draw: (app, { values, shownUntil, heldUntil }) =>
        html`${shownUntil
                ? html`<p id="shown">${app.say("profile-shown", app.words.time(shownUntil))}</p>`
                : heldUntil
                  ? nothing
                  : masked(app)}
            <dl class="card" id="values">
                ${values.map(
                    ({ name, label, value }) =>
                        html`<dt>${label}</dt>
                            <dd data-name=${name}>${value}</dd>`,
                )}
            </dl>
            <p class="hint">${app.say("profile-change")}</p>`,
};
