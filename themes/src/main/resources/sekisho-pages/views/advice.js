import { html } from "../lit-html.js";

// FFAJ-7.2-B: as many pieces of advice as the firm has written.
export default {
    id: "advice",
    draw: (app) =>
        html`<p>${app.say("advice-text")}</p>
            <ol class="advice" id="advice-list">
                ${app.words.counted("advice").map((text) => html`<li>${text}</li>`)}
            </ol>`,
};
