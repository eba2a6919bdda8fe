import { html, nothing } from "../lit-html.js";

export default {
    id: "schedule",
    needs: "schedule",
    load: (app) => app.account.get("schedule"),
    draw: (app, { stages = [], postponementsLeft, lastDate }) =>
        html`<p>${app.say("schedule-text")}</p>
            <ol class="cards" id="schedule-list">
                ${stages.map(
                    (stage) => html`<li class="card">
                        <h2>${app.words.day(stage.from)}</h2>
                        <p>${app.say(`schedule-${String(stage.ask).toLowerCase()}`)}</p>
                    </li>`,
                )}
            </ol>
            ${postponementsLeft === undefined || postponementsLeft === null
                ? nothing
                : html`<p>${app.say("schedule-postponements", postponementsLeft, app.words.day(lastDate))}</p>`}`,
};
