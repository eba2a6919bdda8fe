import { html, nothing } from "../lit-html.js";

// JP25-4
export default {
    id: "schedule",
    needs: "schedule",
    load: (app) => app.account.get("schedule"),
    draw: (app, { stages, standing, passwordUntil, postponements }) =>
        html`<p>${app.say("schedule-text")}</p>
            ${stages.length === 0 ? html`<p id="none">${app.say("schedule-none")}</p>` : nothing}
            <ol class="cards" id="schedule-list">
                ${stages.map(
                    (stage) => html`<li class="card">
                        <h2>
                            ${app.words.day(stage.from)}
                            ${stage.current ? html`<span class="label">${app.say("schedule-current")}</span>` : nothing}
                        </h2>
                        <p>${app.say(`schedule-${stage.ask.toLowerCase()}`)}</p>
                    </li>`,
                )}
            </ol>
            <dl class="card" id="standing">
                <dt>${app.say("schedule-standing")}</dt>
                <dd>${app.say(`schedule-standing-${standing}`)}</dd>
                ${passwordUntil
                    ? html`<dt>${app.say("schedule-password-until")}</dt>
                          <dd>${app.words.time(passwordUntil)}</dd>`
                    : nothing}
                ${postponements
                    ? html`<dt>${app.say("schedule-postponements")}</dt>
                          <dd>
                              ${app.say("schedule-left", postponements.left, app.words.day(postponements.lastDay))}
                          </dd>`
                    : nothing}
            </dl>
            <p><a class="forward" href="#passkeys">${app.say("schedule-passkeys")}</a></p>`,
};
