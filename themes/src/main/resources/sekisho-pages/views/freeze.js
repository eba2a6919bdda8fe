import { html } from "../lit-html.js";

const freeze = async (app) => {
    const wanted = await app.confirm({
        title: app.say("freeze-confirm"),
        lines: app.words.counted("freeze"),
        yes: app.say("freeze-yes"),
        danger: true,
    });
    if (wanted) {
        await app.act(() => app.account.post("freeze", {}), "freeze-done");
    }
};

export default {
    id: "freeze",
    needs: "freeze",
    draw: (app) =>
        html`<p>${app.say("freeze-text")}</p>
            <ul class="lines">
                ${app.words.counted("freeze").map((line) => html`<li>${line}</li>`)}
            </ul>
            <p>
                <button id="freeze-now" class="button danger" @click=${() => freeze(app)}>${app.say("freeze-button")}</button>
            </p>`,
};
