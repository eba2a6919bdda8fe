import { html, nothing } from "../lit-html.js";

const name = (app, type) => app.say(`operation-${type.toLowerCase().replaceAll("_", "-")}`);

const state = (app, word) => app.say(`operations-${word.toLowerCase().replaceAll("_", "-")}`);

const cancel = async (app, operation) => {
    const wanted = await app.confirm({
        title: app.say("operations-cancel-title", name(app, operation.type)),
        lines: app.words.counted("operations-cancel"),
        yes: app.say("operations-cancel"),
        danger: true,
    });
    if (wanted) {
        await app.act(() => app.account.delete(`operations/${operation.operation}`), "operations-cancelled");
    }
};

const remove = async (app, payee) => {
    const wanted = await app.confirm({
        title: app.say("payees-remove-title", payee.account),
        lines: app.words.counted("payees-remove"),
        yes: app.say("payees-remove"),
        danger: true,
    });
    if (wanted) {
        await app.act(() => app.account.delete(`payees/${payee.id}`), "payees-removed");
    }
};

const card = (app, operation) =>
    html`<li class="card">
        <h2>
            ${name(app, operation.type)} <span class="label">${state(app, operation.state)}</span>
        </h2>
        <dl>
            <dt>${app.say("operations-at")}</dt>
            <dd>${app.words.time(operation.at)}</dd>
            ${operation.account
                ? html`<dt>${app.say("payees-account")}</dt>
                      <dd>${operation.account}</dd>`
                : nothing}
            ${operation.holdUntil
                ? html`<dt>${app.say("operations-until")}</dt>
                      <dd>${app.words.time(operation.holdUntil)}</dd>`
                : nothing}
        </dl>
        <div class="buttons">
            <button
                class="button danger cancel"
                aria-label=${app.say("operations-cancel-label", name(app, operation.type), app.words.time(operation.at))}
                @click=${() => cancel(app, operation)}
            >
                ${app.say("operations-cancel")}
            </button>
        </div>
    </li>`;

const account = (app, payee) =>
    html`<li class="card">
        <h2>
            ${payee.account}
            ${payee.waits ? html`<span class="label">${app.say("payees-waits")}</span>` : nothing}
        </h2>
        <dl>
            <dt>${app.say("payees-holder")}</dt>
            <dd>${payee.holder}</dd>
            <dt>${app.say("payees-since")}</dt>
            <dd>${app.words.time(payee.since)}</dd>
            ${payee.waits
                ? html`<dt>${app.say("payees-usable")}</dt>
                      <dd>${app.words.time(payee.usableFrom)}</dd>`
                : nothing}
        </dl>
        <div class="buttons">
            <button
                class="button danger remove"
                aria-label=${app.say("payees-remove-label", payee.account)}
                @click=${() => remove(app, payee)}
            >
                ${app.say("payees-remove")}
            </button>
        </div>
    </li>`;

// FFAJ-1.4-S3
export default {
    id: "operations",
    needs: "operations",
    uses: ["payees"],
    load: async (app) => ({
        operations: await app.account.get("operations"),
        payees: app.routes.has("payees") ? await app.account.get("payees") : null,
    }),
    draw: (app, { operations, payees }) =>
        html`<p>${app.say("operations-text")}</p>
            ${operations.length === 0 ? html`<p id="none">${app.say("operations-none")}</p>` : nothing}
            <ul class="cards" id="operation-list">
                ${operations.map((operation) => card(app, operation))}
            </ul>
            ${payees
                ? html`<h2>${app.say("payees")}</h2>
                      <p>${app.say("payees-text")}</p>
                      ${payees.length === 0 ? html`<p id="no-payee">${app.say("payees-none")}</p>` : nothing}
                      <ul class="cards" id="payee-list">
                          ${payees.map((payee) => account(app, payee))}
                      </ul>`
                : nothing}`,
};
