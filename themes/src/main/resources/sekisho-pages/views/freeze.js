import { html, nothing } from "../lit-html.js";

const OPERATIONS = ["TRADE", "WITHDRAWAL", "BANK_ACCOUNT_CHANGE", "PROFILE_CHANGE", "CREDENTIAL_CHANGE"];

const operation = (app, name) => app.say(`operation-${name.toLowerCase().replaceAll("_", "-")}`);

const freezeAll = async (app) => {
    const wanted = await app.confirm({
        title: app.say("freeze-confirm"),
        lines: app.words.counted("freeze"),
        yes: app.say("freeze-yes"),
        danger: true,
    });
    if (wanted) {
        await app.last(() => app.account.post("freeze", { operation: "ALL" }), "frozen");
    }
};

const freezeOne = async (app, name) => {
    const wanted = await app.confirm({
        title: app.say("freeze-one-confirm", operation(app, name)),
        lines: app.words.counted("freeze-one"),
        yes: app.say("freeze-yes"),
        danger: true,
    });
    if (wanted) {
        await app.act(() => app.account.post("freeze", { operation: name }), "freeze-done");
    }
};

const one = (app, name, frozen) =>
    html`<li>
        <span>${operation(app, name)}</span>
        ${frozen
            ? html`<span class="label bad">${app.say("freeze-frozen", app.words.time(frozen.at))}</span>`
            : html`<button
                  class="button danger"
                  aria-label=${app.say("freeze-one-label", operation(app, name))}
                  @click=${() => freezeOne(app, name)}
              >
                  ${app.say("freeze-yes")}
              </button>`}
    </li>`;

export default {
    id: "freeze",
    needs: "freeze",
    load: async (app) => ({ freezes: await app.account.get("freeze") }),
    draw: (app, { freezes }) =>
        html`<p>${app.say("freeze-text")}</p>
            <section class="card">
                <h2>${app.say("freeze-all")}</h2>
                <ul class="lines">
                    ${app.words.counted("freeze").map((line) => html`<li>${line}</li>`)}
                </ul>
                <div class="buttons">
                    <button id="freeze-now" class="button danger" @click=${() => freezeAll(app)}>
                        ${app.say("freeze-button")}
                    </button>
                </div>
            </section>
            <section class="card">
                <h2>${app.say("freeze-one")}</h2>
                <p>${app.say("freeze-one-text")}</p>
                <ul class="rows">
                    ${OPERATIONS.map((name) =>
                        one(
                            app,
                            name,
                            freezes.find((each) => each.operation === name),
                        ),
                    )}
                </ul>
            </section>
            ${freezes.length ? html`<p class="hint">${app.say("freeze-thaw")}</p>` : nothing}`,
};
